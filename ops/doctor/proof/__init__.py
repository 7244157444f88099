"""`doctor --prove`: the service's own code, played on the college's server."""
