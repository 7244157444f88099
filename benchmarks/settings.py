"""The day and the settings of every measurement."""

from datetime import date

from detect_absences.settings import DetectAbsencesSettings

TODAY = date(2026, 11, 23)
SETTINGS = DetectAbsencesSettings.model_validate(
    {
        "stage": "local",
        "database_secret_id": "absence-texts/bench/database",
        "sending_parameter": "/absence-texts/bench/sending",
        "queue_url": "https://sqs.example/jobs",
    }
)
