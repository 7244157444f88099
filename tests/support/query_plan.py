"""How the server would run a statement."""

from collections.abc import Mapping
from typing import Any

from absence_texts.database import Database, Row, fetch_all


def explain(database: Database, sql: str, parameters: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return a row for each table that the statement reads.

    MySQL 9 draws a tree unless it is asked for the table. MariaDB has the table alone, and
    takes the request for a comment.
    """
    return fetch_all(database, f"EXPLAIN /*!80000 FORMAT=TRADITIONAL */ {sql}", parameters)
