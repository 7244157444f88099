"""The demo: a sample college day on the local stack, in the terminal and then in a browser."""
