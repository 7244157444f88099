"""The whole service on one machine: a private MariaDB, MiniStack and a stand-in portal."""
