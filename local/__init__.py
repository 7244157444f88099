"""The whole service on one machine: a private database server, MiniStack and a stand-in portal."""
