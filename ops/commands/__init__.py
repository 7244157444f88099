"""One command a file: `add_to` names it and its options, `run` returns its exit code."""
