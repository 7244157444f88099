"""`explain`: one student's day, criterion by criterion."""
