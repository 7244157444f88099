from decimal import Decimal
from typing import Self

from pydantic import Field, model_validator

from absence_texts.settings import DatabaseSettings, MessageSettings, PauseSettings


class SendSmsSettings(DatabaseSettings, MessageSettings, PauseSettings):
    sender_id: str = Field(max_length=11, pattern=r"^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$")
    """The name a phone shows as the sender: 11 letters, digits and hyphens, at least one letter.

    https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
    """
    max_price_usd: Decimal = Field(default=Decimal("0.10"), gt=0)
    """SNS drops a text that would cost more."""
    mobile_region: str = Field(default="GB", pattern=r"^[A-Z]{2}$")
    """Whose national numbers the portal's mobiles are, when they carry no country code."""
    accept_fictional_mobiles: bool = False
    """Accept Ofcom's numbers for drama, 07700 900000-900999: no real phone has one."""

    @model_validator(mode="after")
    def _fictional_only_in_tests(self) -> Self:
        if self.accept_fictional_mobiles and self.stage == "live":
            raise ValueError("accept_fictional_mobiles is for test stages, not for live")
        return self
