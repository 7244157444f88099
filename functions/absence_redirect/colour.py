"""Says whether people can read text of one colour on another, as WCAG 2.2 defines it."""

READABLE = 4.5
"""https://www.w3.org/TR/WCAG22/#contrast-minimum"""
_LINEAR_UP_TO = 0.04045


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as `#0b3d6b`, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    # https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour[1:]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_UP_TO else float(((part + 0.055) / 1.055) ** 2.4)
