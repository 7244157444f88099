"""People and lessons as staff know them: by name, by part of a reference, by the time."""
