"""Mobiles, as people type them into a portal."""

import pytest

from send_sms.mobiles import RefusedMobileError, to_e164


@pytest.mark.parametrize(
    "typed",
    [
        "07911 123456",
        "07911123456",
        " 07911-123-456 ",
        "(07911) 123456",
        "+447911123456",
        "+44 (0)7911 123456",
        "0044 7911 123456",
        "447911123456",
        "7911123456",
        "07911 123456#2",
        "07911 123456;",
    ],
)
def test_a_mobile_is_understood_however_it_is_typed(typed: str) -> None:
    assert to_e164(typed, region="GB", accept_fictional=False) == "+447911123456"


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        pytest.param("07797 712345", "+447797712345", id="Jersey"),
        pytest.param("07781 123456", "+447781123456", id="Guernsey"),
        pytest.param("07624 123456", "+447624123456", id="Isle of Man"),
    ],
)
def test_the_crown_dependencies_are_texted_too(typed: str, e164: str) -> None:
    assert to_e164(typed, region="GB", accept_fictional=False) == e164


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("0161 496 0000", "not_a_mobile", id="landline"),
        pytest.param("07012 345678", "not_a_mobile", id="personal number"),
        pytest.param("07640 123456", "not_a_mobile", id="pager"),
        pytest.param("07911 12345", "no_such_number", id="a digit short"),
        pytest.param("07911 O12345", "letters_in_number", id="letter O"),
        pytest.param("ask mum", "letters_in_number", id="words"),
        pytest.param("-", "not_a_number", id="dash"),
        pytest.param("+1 202 555 0123", "foreign_number", id="another country"),
        pytest.param("07700 900123", "fictional_number", id="Ofcom's, for drama"),
    ],
)
def test_what_is_no_mobile_is_refused_with_a_reason(typed: str, reason: str) -> None:
    with pytest.raises(RefusedMobileError, match=f"^{reason}$"):
        to_e164(typed, region="GB", accept_fictional=False)


@pytest.mark.parametrize("typed", ["07700 900000", "+447700900999"])
def test_fictional_numbers_are_accepted_in_test_stages(typed: str) -> None:
    assert to_e164(typed, region="GB", accept_fictional=True).startswith("+447700900")
