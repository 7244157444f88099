"""The day and the settings of every measurement."""

from datetime import UTC, date, datetime

from absence_texts.clock import CollegeTime
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


def college_moment(hour: int, minute: int) -> CollegeTime:
    zone = SETTINGS.clock.zone
    wall_clock = datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=zone)
    return CollegeTime(wall_clock.astimezone(UTC), zone)
