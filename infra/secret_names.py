"""What the database secrets are called, in AWS and in the local stack."""

from absence_texts.settings import StageName


def secret_name(stage: StageName, of: str) -> str:
    """Return the name of a function's secret, by its package, or of the `database`'s owner's."""
    return f"absence-texts/{stage}/{of}"
