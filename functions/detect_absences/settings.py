from pydantic import Field

from absence_texts.settings import (
    CollegeSettings,
    DatabaseSettings,
    PauseSettings,
    QueueSettings,
    Settings,
)
from detect_absences.hold_rule import Limits


class HoldSettings(Settings):
    """What does not look like an ordinary day: docs/criteria.md."""

    hold_whole_register_from: int = Field(default=7, ge=1)
    hold_percent_absent: int = Field(default=80, ge=1, le=100)
    hold_percent_absent_from: int = Field(default=12, ge=1)
    hold_registers_at_once: int = Field(default=3, ge=2)
    hold_times_the_usual: int = Field(default=6, ge=2)
    hold_texts_from: int = Field(default=30, ge=0)
    hold_percent_without_past: int = Field(default=40, ge=1)

    @property
    def limits(self) -> Limits:
        return Limits(
            whole_register_from=self.hold_whole_register_from,
            percent_absent=self.hold_percent_absent,
            percent_absent_from=self.hold_percent_absent_from,
            registers_at_once=self.hold_registers_at_once,
            times_the_usual=self.hold_times_the_usual,
            texts_from=self.hold_texts_from,
            percent_without_past=self.hold_percent_without_past,
        )


class DetectAbsencesSettings(
    DatabaseSettings, CollegeSettings, PauseSettings, QueueSettings, HoldSettings
):
    """The settings of one run."""
