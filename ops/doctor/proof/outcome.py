"""Compares what a step of the proof brought about with what was expected."""


class UnexpectedOutcomeError(Exception):
    """Every statement was taken, and the result is not what it must be."""


def expect(what: str, found: object, expected: object) -> None:
    """Raise UnexpectedOutcomeError if the two differ."""
    if found != expected:
        raise UnexpectedOutcomeError(f"{what}: {found} instead of {expected}.")
