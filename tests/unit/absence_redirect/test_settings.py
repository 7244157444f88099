"""The link's settings are validated when they load, and the error names the variable."""

import pytest

from absence_redirect.settings import AbsenceRedirectSettings, SettingError
from tests.support.link import COMPLETE, LINK, link_settings


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("STAGE", "nowhere"),
        ("DATABASE_SECRET_ID", ""),
        ("LOGIN_ADDRESS", "http://portal.example/login.aspx"),
        ("LOGIN_ADDRESS", "https:///login.aspx"),
        ("LOGIN_ADDRESS", "//portal.example/login.aspx"),
        ("LOGIN_ADDRESS", "https://someone@portal.example/login.aspx"),
        ("LOGIN_ADDRESS", "https://portal.example/login.aspx\r\nSet-Cookie: a=b"),
        ("LOGIN_ADDRESS", "https://portal.example/login.aspx#top"),
        ("LOGIN_ADDRESS", "javascript:alert(1)"),
        ("LINK_ADDRESS", f"{LINK}?from=text"),
        ("LINK_ADDRESS", f"{LINK}/"),
        ("RECORD_ABSENCE_ADDRESS", "/recordabsence.aspx"),
        ("RECORD_ABSENCE_ADDRESS", "https://portal.example:port/"),
        ("LOGO_ADDRESS", "https://portal.example/logo.png; script-src *"),
        ("SOURCE_SCHEMA", "college`; --"),
        ("COLLEGE_TIME_ZONE", "Europe/Lancaster"),
        ("COLLEGE_TIME_ZONE", "/etc/passwd"),
        ("CLOCK_OFFSET_SECONDS", "60"),
        ("CLOCK_OFFSET_SECONDS", "soon"),
        ("SESSION_COOKIE_NAME", "portal session"),
        ("RETURN_PARAMETER", "Return&Url"),
        ("RECORD_ABSENCE_PARAMETER", ""),
        ("COLLEGE_NAME", " "),
        ("ATTENDANCE_LINE", "the office"),
        ("ATTENDANCE_HOURS", " "),
        ("ATTENDANCE_RELAY", "by text"),
        ("ATTENDANCE_EMAIL", "attendance"),
        ("ATTENDANCE_EMAIL", "attendance@college.example?cc=else@college.example"),
        ("LOGOUT_ADDRESS", "/logout.aspx"),
        ("ACCENT_COLOUR", "navy"),
        ("ACCENT_COLOUR", "#ffcc00"),
    ],
)
def test_a_senseless_setting_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"^{variable} "):
        link_settings(**{variable: value})


@pytest.mark.parametrize("variable", sorted(COMPLETE))
def test_a_missing_setting_is_refused_by_name(variable: str) -> None:
    environment = {name: value for name, value in COMPLETE.items() if name != variable}
    with pytest.raises(SettingError, match=f"^{variable} is missing"):
        AbsenceRedirectSettings.from_environment(environment)


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"SOURCE_SCHEMA": "college", "LOGO_ADDRESS": "https://portal.example/logo.png"},
        {
            "STAGE": "local",
            "CLOCK_OFFSET_SECONDS": "-3600",
            "LINK_ADDRESS": "http://127.0.0.1:80/a",
        },
        {"DATABASE_SECRET_ID": "${Token[TOKEN.123]}"},
    ],
)
def test_the_environment_that_synth_writes_makes_the_same_settings_again(
    variables: dict[str, str],
) -> None:
    written = link_settings(**variables)
    assert AbsenceRedirectSettings.from_environment(written.environment()) == written
