"""The HTTP API of the link in the text, and the rule that keeps its function ready."""
