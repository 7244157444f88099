"""A picture of a day as numbers. The picture, a table and a sentence say the same."""

from dataclasses import dataclass

type Rows = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    title: str
    sentence: str
    """What the picture shows, in words."""
    headings: tuple[str, ...]
    """Of the rows' labels, and of each column of numbers."""
    rows: Rows
    """In order, so that the first is the uppermost or the leftmost."""
    is_of_time: bool = False
    """The rows follow one another in time."""
