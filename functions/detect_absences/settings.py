from absence_texts.settings import (
    CollegeSettings,
    DatabaseSettings,
    PauseSettings,
    QueueSettings,
)


class DetectAbsencesSettings(DatabaseSettings, CollegeSettings, PauseSettings, QueueSettings):
    """The settings of one run."""
