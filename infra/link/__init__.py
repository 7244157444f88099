"""The HTTP API of the link in the text."""
