"""What the functions share: the criteria, the ledger, settings, the database and the clock."""
