"""Names the marks of a finding, with their ids."""

from collections.abc import Sequence

from absence_texts.database import Row

MOST_NAMED = 20


def named(rows: Sequence[Row]) -> str:
    """Name the first marks by lesson, student and reference, and count the others."""
    shown = ", ".join(
        f"lesson {'without an id' if row['lesson_id'] is None else row['lesson_id']}"
        f" student {row['student_id']} ({row['reference'] or 'no reference'})"
        for row in rows[:MOST_NAMED]
    )
    more = len(rows) - MOST_NAMED
    return f"{len(rows):,}: {shown} and {more:,} more" if more > 0 else shown
