"""A college for local use: its tables, their rows, and the sample day."""
