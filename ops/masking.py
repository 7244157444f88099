"""Mobile numbers as this tool shows them: enough to tell two apart, too little to ring."""

SHOWN = 3


def masked(mobile: str | None) -> str:
    digits = "".join(character for character in mobile or "" if character.isdigit())
    if len(digits) <= SHOWN:
        return "none"
    return f"…{digits[-SHOWN:]}"
