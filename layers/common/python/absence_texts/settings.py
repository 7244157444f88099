"""Settings, validated when they load.

Once at synth, when the stack writes them into a function's environment, and once at cold start,
when the function reads them back.
"""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, HttpUrl, TypeAdapter, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from absence_texts.clock import Clock, CollegeTime
from absence_texts.ledger import REQUEUE_AFTER
from absence_texts.message import check_template, compose
from absence_texts.rules import Rules

_REQUEUE_MINUTES = int(REQUEUE_AFTER.total_seconds() // 60)

type StageName = Literal["local", "pilot", "live"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone: use a name such as Europe/London") from error
    return name


def _https(address: str) -> str:
    if TypeAdapter(HttpUrl).validate_python(address).scheme != "https":
        raise ValueError("the address must begin with https://")
    return address


type ZoneName = Annotated[str, AfterValidator(_known_zone)]
type HttpsAddress = Annotated[str, AfterValidator(_https)]


class Settings(BaseSettings):
    """Reads the environment variable named after each field, in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    def environment(self) -> dict[str, str]:
        """Return the environment variables that make these settings again."""
        values = self.model_dump(mode="json", exclude_none=True)
        return {name.upper(): str(value) for name, value in values.items()}


class DatabaseSettings(Settings):
    database_secret_id: str
    """The secret that holds host, port, username, password and dbname."""
    source_schema: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_$]+$")
    """The schema of the college's tables, when it is not the secret's dbname."""
    database_tls_ca: str | None = None
    """Path of the CA bundle that the server's certificate is verified against."""


class CollegeSettings(Settings):
    """What the criteria and the sending window depend on."""

    stage: StageName
    college_time_zone: ZoneName = "Europe/London"
    clock_offset_seconds: int = 0
    """Shifts the clock, so that the local stage can play a college day at any hour."""
    absent_mark: str = Field(default="O", min_length=1)
    minutes_after_lesson: int = Field(default=20, ge=0)
    latest_minutes_after_lesson: int | None = None
    """A text that has not left by then is not sent. None: until the sending window closes."""
    minutes_between_runs: int = Field(default=0, ge=0)
    """The stage's schedule. A text that is due after the day's last run can't leave that day."""
    longest_reference: int = Field(default=20, ge=1)
    """Characters; a longer student reference is left out and listed by `doctor`."""
    text_timetable_clashes: bool = True
    """Whether an absence is texted about that another register of the same time contradicts."""
    sending_window_opens: time = time(8)
    sending_window_closes: time = time(20)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.clock_offset_seconds and self.stage != "local":
            raise ValueError(f"clock_offset_seconds is for the local stage, not for {self.stage}")
        if self.sending_window_opens >= self.sending_window_closes:
            raise ValueError("sending_window_opens must be before sending_window_closes")
        # A text that is due waits for a run, and once more if its first job is lost.
        needed = self.minutes_after_lesson + self.minutes_between_runs + _REQUEUE_MINUTES
        if self.latest_minutes_after_lesson is not None and (
            self.latest_minutes_after_lesson < needed
        ):
            raise ValueError(f"latest_minutes_after_lesson must be at least {needed}")
        return self

    @property
    def clock(self) -> Clock:
        offset = timedelta(seconds=self.clock_offset_seconds)
        return Clock(ZoneInfo(self.college_time_zone), offset)

    @property
    def rules(self) -> Rules:
        latest = self.latest_minutes_after_lesson
        return Rules(
            absent_mark=self.absent_mark,
            wait=timedelta(minutes=self.minutes_after_lesson),
            longest_reference=self.longest_reference,
            sending_window_closes=self.sending_window_closes,
            text_timetable_clashes=self.text_timetable_clashes,
            time_between_runs=timedelta(minutes=self.minutes_between_runs),
            latest_after_lesson=None if latest is None else timedelta(minutes=latest),
        )

    def window_is_open(self, moment: CollegeTime) -> bool:
        opens, closes = self.sending_window_opens, self.sending_window_closes
        return opens <= moment.wall_clock.time() < closes

    def window_has_closed(self, moment: CollegeTime) -> bool:
        return moment.wall_clock.time() >= self.sending_window_closes


class PauseSettings(Settings):
    sending_parameter: str
    """The SSM parameter that pauses sending: `on` or `paused`."""


class QueueSettings(Settings):
    queue_url: str
    """The SQS queue of jobs, one for each text."""


class MessageSettings(CollegeSettings):
    message_template: str = (
        "Student {reference} did not attend their lesson today at {time}. If this is a genuine "
        "absence, please notify us here: {link}"
    )
    message_link: HttpsAddress = "https://tinyurl.com/runabs"

    @model_validator(mode="after")
    def _fits_one_text_with_one_link(self) -> Self:
        check_template(
            self.message_template,
            link=self.message_link,
            longest_reference=self.longest_reference,
        )
        return self

    def message(self, *, reference: str, starts_at: datetime) -> str:
        """Return the words of the text about a student and a lesson; raises MessageError."""
        return compose(
            self.message_template,
            reference=reference,
            starts_at=starts_at,
            link=self.message_link,
        )
