"""One command a module: `add_to` adds its name and options, `run` returns its exit code."""
