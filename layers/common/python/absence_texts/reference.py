"""A student's reference, as the text prints it and as the link passes it to the portal."""


def read_reference(held: str) -> str:
    """Return the reference without blanks around it; empty when the student has none."""
    return held.strip()
