"""The tables of a test's schema: the college's and ours."""

from absence_texts.database import Database, execute, fetch_all


def empty(database: Database) -> None:
    """Delete the rows of every table: 1 ms for each table, where truncating takes 10."""
    for table in fetch_all(database, "SHOW TABLES", {}):
        (name,) = table.values()
        if name != "schema_migrations":
            execute(database, f"DELETE FROM {name}", {})
