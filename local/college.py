"""The college's own tables, for local use: a college brings its own."""

from pathlib import Path

from absence_texts.database import Database

_TABLES = Path(__file__).parent.parent / "db" / "source" / "college.sql"


def create_college_tables(database: Database) -> None:
    """Create them, without rows."""
    with database.cursor() as cursor:
        for statement in _TABLES.read_text().split(";\n"):
            if statement.strip():
                cursor.execute(statement)
