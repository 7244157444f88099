"""What the service keeps in the college's database."""
