from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator
from pydantic_settings import NoDecode

from absence_texts.settings import (
    CollegeSettings,
    DatabaseSettings,
    MessageSettings,
    PauseSettings,
    QueueSettings,
)


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return frozenset(part.strip() for part in value.split(",") if part.strip())


def _join(values: frozenset[object]) -> str:
    return ",".join(sorted(map(str, values)))


# In the environment as text with commas; NoDecode keeps pydantic-settings from reading JSON.
_COMMAS = (NoDecode, BeforeValidator(_split), PlainSerializer(_join))
type Mobile = Annotated[str, Field(pattern=r"^\+[1-9]\d{7,14}$")]


class MobileSettings(CollegeSettings):
    """What decides whether a number that people typed is one that a text can go to."""

    mobile_region: str = Field(default="GB", pattern=r"^[A-Z]{2}$")
    """The country of the portal's mobiles that are typed without a country code."""
    accept_fictional_mobiles: bool = False
    """Accept Ofcom's numbers for drama, 07700 900000-900999: no real phone has one."""
    foreign_country_codes: Annotated[frozenset[int], *_COMMAS] = frozenset()
    """Other countries whose mobiles are texted, by calling code: `353,33`."""

    @model_validator(mode="after")
    def _fictional_only_in_tests(self) -> Self:
        if self.accept_fictional_mobiles and self.stage == "live":
            raise ValueError("accept_fictional_mobiles is for test stages, not for live")
        return self


class SendSmsSettings(
    MobileSettings, DatabaseSettings, MessageSettings, PauseSettings, QueueSettings
):
    sender_id: str = Field(max_length=11, pattern=r"^[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*$")
    """The name a phone shows as the sender: 11 letters, digits and hyphens, at least one letter.

    https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
    """
    max_price_usd: Decimal = Field(default=Decimal("0.10"), gt=0)
    """SNS drops a text that would cost more."""
    listed_mobiles: Annotated[frozenset[Mobile], *_COMMAS] = frozenset()
    """The only real phones that a stage other than live texts: `+447...,+447...`."""
    pilot_students: Annotated[frozenset[str], *_COMMAS] = frozenset()
    """References of the students on trial: no guardian is texted about any other student."""
    pilot_guardians: Annotated[frozenset[int], *_COMMAS] = frozenset()
    """Ids of the guardians on trial: they are texted about any student."""
    texts_per_day: int = Field(default=5000, ge=1)
    """A fuse: no more texts leave on a college day, whatever the registers say."""
    seconds_between_texts: float = Field(default=0.1, ge=0)
    """For each sender: how many senders run at once, divided by the account's texts a second."""

    @property
    def is_pilot(self) -> bool:
        return bool(self.pilot_students or self.pilot_guardians)
