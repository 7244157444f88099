"""Mobile numbers as this tool shows them: enough to tell two apart, too little to ring."""

SHOWN = 3


def masked(mobile: str | None) -> str:
    """Return `none` for what has no digit, and never a whole number, however short."""
    digits = "".join(character for character in mobile or "" if character.isdigit())
    if not digits:
        return "none"
    return f"…{digits[-SHOWN:] if len(digits) > SHOWN else ''}"
