"""What one deployment may differ in, the three stages' values, and what is refused."""
