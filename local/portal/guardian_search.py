"""Chooses whom the login page offers: a college may have more guardians than a page can list."""

from collections.abc import Iterable

from absence_texts.database import Row

MOST_OFFERED = 10


def search(guardians: Iterable[Row], words: str, *, owner: str) -> list[Row]:
    """Return the guardians whose id, name or students hold these words.

    `owner` is the id of the guardian on whose phone a link was tapped. That guardian comes first,
    and so does the guardian whose id was typed.
    """
    found = [guardian for guardian in guardians if words.casefold() in _searched(guardian)]
    return sorted(found, key=lambda guardian: str(guardian["guardian_id"]) not in {words, owner})


def _searched(guardian: Row) -> str:
    return " ".join(str(value) for value in guardian.values()).casefold()
