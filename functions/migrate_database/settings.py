"""The settings of the migrations of a deployment."""

from absence_texts.settings import DatabaseSettings


class MigrateDatabaseSettings(DatabaseSettings):
    migrates_on_deploy: bool = True
    """If not, a deployment fails until people have applied the new migrations."""
