"""The command-line tool for the people who run the service: `python -m ops --help`."""
