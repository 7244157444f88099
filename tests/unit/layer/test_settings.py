"""Settings are validated when they load, and the error names the variable."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from absence_texts.clock import CollegeTime
from absence_texts.settings import CollegeSettings, MessageSettings
from detect_absences.settings import DetectAbsencesSettings
from send_sms.settings import SendSmsSettings


@pytest.mark.parametrize(
    ("settings", "values", "named"),
    [
        (CollegeSettings, {"stage": "nowhere"}, "stage"),
        (CollegeSettings, {"college_time_zone": "Europe/Lancaster"}, "college_time_zone"),
        (CollegeSettings, {"clock_offset_seconds": "60"}, "clock_offset_seconds"),
        (CollegeSettings, {"sending_window_opens": "21:00"}, "sending_window_opens"),
        (CollegeSettings, {"minutes_after_lesson": "-1"}, "minutes_after_lesson"),
        (CollegeSettings, {"latest_minutes_after_lesson": "34"}, "must be at least 35"),
        (MessageSettings, {"message_link": "http://tinyurl.com/runabs"}, "message_link"),
        (MessageSettings, {"message_template": "{reference} {time}"}, "template"),
        (MessageSettings, {"longest_reference": "60"}, "template"),
        (SendSmsSettings, {"sender_id": "a name too long"}, "sender_id"),
        (SendSmsSettings, {"sender_id": "12345"}, "sender_id"),
        (SendSmsSettings, {"max_price_usd": "0"}, "max_price_usd"),
        (SendSmsSettings, {"accept_fictional_mobiles": "true"}, "accept_fictional_mobiles"),
        (DetectAbsencesSettings, {"source_schema": "college`; --"}, "source_schema"),
    ],
)
def test_a_senseless_setting_is_refused_by_name(
    settings: type[CollegeSettings],
    values: dict[str, str],
    named: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {**COMPLETE, **values}.items():
        monkeypatch.setenv(name.upper(), value)
    with pytest.raises(ValidationError) as refusal:
        settings()
    # Not the error as a whole: it quotes every value that it was given, under its name.
    (error,) = refusal.value.errors()
    assert named in f"{error['loc']} {error['msg']}"


COMPLETE = {
    "stage": "live",
    "database_secret_id": "absence-texts/live/database",
    "sending_parameter": "/absence-texts/live/sending",
    "queue_url": "https://sqs.example/jobs",
    "sender_id": "College",
}


@pytest.mark.parametrize("settings", [DetectAbsencesSettings, SendSmsSettings])
def test_the_environment_that_synth_writes_makes_the_same_settings_again(
    settings: type[DetectAbsencesSettings | SendSmsSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = settings.model_validate(COMPLETE)
    for name, value in written.environment().items():
        monkeypatch.setenv(name, value)
    assert settings() == written


@pytest.mark.parametrize(
    ("wall_clock", "is_open", "has_closed"),
    [
        ("07:59:59", False, False),
        ("08:00:00", True, False),
        ("19:59:59", True, False),
        ("20:00:00", False, True),
        ("23:59:59", False, True),
    ],
)
def test_the_sending_window_opens_at_8_and_closes_at_20_college_time(
    wall_clock: str, *, is_open: bool, has_closed: bool
) -> None:
    winter = datetime.fromisoformat(f"2026-11-23 {wall_clock}").replace(tzinfo=UTC)
    moment = CollegeTime(winter, ZoneInfo("Europe/London"))
    settings = CollegeSettings(stage="live")
    assert settings.window_is_open(moment) is is_open
    assert settings.window_has_closed(moment) is has_closed
