"""What the database secrets are called, in AWS and in the local stack."""

from collections.abc import Mapping

from absence_texts.settings import StageName
from db.grants import USERS


def secret_name(stage: StageName, of: str) -> str:
    """Return the name of a function's secret, by its package, or of the `database`'s owner's."""
    return f"absence-texts/{stage}/{of}"


def function_secret_names(stage: StageName) -> Mapping[str, str]:
    """Return the name of each function's secret, by its package."""
    return {user: secret_name(stage, user) for user in USERS}
