"""`doctor`: checks of the server, of our tables, of the college's tables and of a day's data."""
