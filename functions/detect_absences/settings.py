from absence_texts.settings import CollegeSettings, DatabaseSettings, PauseSettings


class DetectAbsencesSettings(DatabaseSettings, CollegeSettings, PauseSettings):
    queue_url: str
    """The SQS queue of jobs, one for each text."""
