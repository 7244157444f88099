"""Numbers as a person would say them."""


def counted(number: int, thing: str) -> str:
    """Return `no texts`, `1 text` or `2,000 texts`."""
    return f"{f'{number:,}' if number else 'no'} {thing}{'' if number == 1 else 's'}"
