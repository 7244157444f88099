"""Creates the college's tables for the local stack and the tests."""

from pathlib import Path

from absence_texts.database import Database

_TABLES = Path(__file__).parents[2] / "db" / "source" / "college.sql"


def create_college_tables(database: Database) -> None:
    """Create the tables, without rows."""
    with database.cursor() as cursor:
        for statement in _TABLES.read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement)
