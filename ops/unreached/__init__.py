"""`unreached`: the guardians of the day whom no text reached for certain."""
