from pydantic import Field

from absence_texts.settings import DatabaseSettings, MessageSettings


class RecordDeliverySettings(DatabaseSettings, MessageSettings):
    mobile_region: str = Field(default="GB", pattern=r"^[A-Z]{2}$")
    """Whose national numbers the portal's mobiles are, when they carry no country code."""
