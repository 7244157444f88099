"""`explain`: each criterion's answer for one student's day, with the fact behind it."""
