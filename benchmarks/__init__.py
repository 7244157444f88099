"""How detection's time and memory grow with the college: `make bench`."""
