"""The database: our tables, who may use them, and what a college must offer."""
