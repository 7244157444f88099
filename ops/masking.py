"""Masked mobile numbers: the last digits tell two numbers apart, and no one can ring them."""

SHOWN_DIGITS = 3


def masked(mobile: object) -> str:
    """Return `…123`, `…` for a number of three digits or fewer, and `none` if there is no digit."""
    digits = "".join(character for character in str(mobile or "") if character.isdigit())
    if not digits:
        return "none"
    return f"…{digits[-SHOWN_DIGITS:] if len(digits) > SHOWN_DIGITS else ''}"
