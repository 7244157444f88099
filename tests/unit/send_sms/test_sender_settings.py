"""The sender's lists: written with commas, refused when they make no sense."""

import pytest
from pydantic import ValidationError

from send_sms.mobiles import RefusedMobileError, to_e164
from send_sms.settings import SendSmsSettings
from tests.support.runs import COMMON

LISTS = {
    "pilot_students": "STE04049635, STE04049636",
    "pilot_guardians": "7,12",
    "listed_mobiles": "+447911123456",
    "foreign_country_codes": "353, 33",
}


def settings(**values: str) -> SendSmsSettings:
    return SendSmsSettings.model_validate(COMMON | {"sender_id": "College"} | values)


def test_a_list_is_written_with_commas() -> None:
    read = settings(**LISTS)
    assert read.pilot_students == {"STE04049635", "STE04049636"}
    assert read.pilot_guardians == {7, 12}
    assert read.foreign_country_codes == {33, 353}
    assert read.is_pilot


def test_the_environment_that_the_stack_writes_reads_back_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = settings(**LISTS)
    for name, value in written.environment().items():
        monkeypatch.setenv(name, value)
    assert SendSmsSettings() == written


def test_without_lists_it_is_no_pilot_and_no_foreign_mobile_is_texted() -> None:
    assert not settings().is_pilot
    assert settings().foreign_country_codes == frozenset()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("listed_mobiles", "07911 123456"),
        ("pilot_guardians", "Mrs Ashworth"),
        ("foreign_country_codes", "IE"),
        ("texts_per_day", "0"),
        ("seconds_between_texts", "-1"),
    ],
)
def test_a_senseless_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=name):
        settings(**{name: value})


def test_other_countries_mobiles_are_texted_when_their_code_is_listed() -> None:
    def read(mobile: str) -> str:
        return to_e164(mobile, region="GB", accept_fictional=False, foreign_codes=frozenset({353}))

    assert read("+353 85 012 3456") == "+353850123456"
    for refused, reason in {
        "+353 1 234 5678": "not_a_mobile",
        "+33 6 12 34 56 78": "foreign_number",
        "0161 496 0000": "not_a_mobile",
    }.items():
        with pytest.raises(RefusedMobileError, match=f"^{reason}$"):
            read(refused)
