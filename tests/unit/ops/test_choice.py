"""What is suggested if nobody has the name that was typed."""

import pytest

from ops.people.choice import nearest

KNOWN = ["STE04049635", "STE04049636", "Amira Khan", "Zoë Łukasik"]


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("STE04094635", "STE04049635"),
        ("amira kahn", "Amira Khan"),
        ("ZOE LUKASIK", "Zoë Łukasik"),
    ],
)
def test_the_nearest_names_are_suggested(typed: str, suggested: str) -> None:
    assert suggested in nearest(typed, KNOWN)


def test_nothing_is_suggested_if_nothing_is_alike() -> None:
    assert nearest("Wittgenstein", KNOWN) == ""
