"""What the migrations of a deployment are set up with."""

from absence_texts.settings import DatabaseSettings


class MigrateDatabaseSettings(DatabaseSettings):
    migrates_on_deploy: bool = True
    """Whether it applies what is new, or only fails the deployment when something is."""
