"""`day --html`: the account of a day as one HTML file, which loads nothing from anywhere."""
