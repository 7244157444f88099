from pydantic import Field

from absence_texts.settings import CollegeSettings, DatabaseSettings


class RecordDeliverySettings(DatabaseSettings, CollegeSettings):
    """The settings of recording what became of texts, and of deleting old rows."""

    delivery_logs: str
    """SNS's log group of delivered texts; the group of undelivered texts is below it."""
    keep_days: int = Field(default=400, ge=31)
    """How long a text or a decision is kept. A pastoral log stays."""
