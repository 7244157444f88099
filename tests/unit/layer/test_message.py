"""The message: the specification's words, in one text."""

from datetime import datetime

import pytest

from absence_texts.message import MessageError, check_template, compose, gsm7_length
from absence_texts.settings import MessageSettings

SPECIFICATIONS_SAMPLE = (
    "Student STE04049635 did not attend their lesson today at 10:10. If this is a genuine absence, "
    "please notify us here: https://tinyurl.com/runabs"
)
DEFAULTS = MessageSettings(stage="live")


def the_message(reference: str = "STE04049635") -> str:
    return compose(
        DEFAULTS.message_template,
        reference=reference,
        starts_at=datetime(2026, 11, 23, 10, 10),
        link=DEFAULTS.message_link,
    )


def test_the_default_message_is_the_specifications_sample_byte_for_byte() -> None:
    assert the_message().encode() == SPECIFICATIONS_SAMPLE.encode()


def test_the_default_message_leaves_17_places_of_one_text_to_spare() -> None:
    assert gsm7_length(the_message()) == 160 - 17


@pytest.mark.parametrize(
    ("message", "places"),
    [("", 0), ("abc", 3), ("£é@", 3), ("€[]", 6), ("\n", 1)],
)
def test_the_extension_alphabet_takes_two_places(message: str, places: int) -> None:
    assert gsm7_length(message) == places


def test_a_character_outside_gsm_7_is_refused_by_name() -> None:
    with pytest.raises(MessageError, match="’"):
        gsm7_length("the student’s lesson")


def test_a_text_that_would_take_two_segments_is_refused() -> None:
    with pytest.raises(MessageError, match="161 of 160"):
        the_message("X" * 29)


LINK = "https://tinyurl.com/runabs"


def check(template: str, link: str = LINK) -> None:
    check_template(template, link=link, longest_reference=20)


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        pytest.param("{reference} {time} {link} " + "x" * 200, "of 160 places", id="too long"),
        pytest.param("{reference} {time}", "must use", id="without the link"),
        pytest.param("{reference} {time} {link} {name}", "must use", id="unknown field"),
        pytest.param("“{reference}” {time} {link}", "GSM-7", id="curly quotes"),
        pytest.param("{reference} {time} {link", "can't be read", id="no end of a field"),
        pytest.param("{reference} {time} {link} {link}", "must use", id="the link twice"),
        pytest.param("{reference:.3} {time} {link}", "must use", id="a format"),
        pytest.param("{reference!r} {time} {link}", "must use", id="a conversion"),
        pytest.param("{reference.real} {time} {link}", "must use", id="a part of a field"),
        pytest.param("{reference} {time} {}", "must use", id="a field without a name"),
        pytest.param("X{reference} {time} {link}", "touches", id="a letter at the reference"),
        pytest.param("{reference}{time} {link}", "touches", id="two fields in one word"),
        pytest.param("{reference} 1{time} {link}", "touches", id="a digit at the time"),
    ],
)
def test_a_template_that_could_not_go_out_is_refused(template: str, complaint: str) -> None:
    with pytest.raises(MessageError, match=complaint):
        check(template)


@pytest.mark.parametrize(
    "end",
    [
        *("{link}now", "see{link}", "{link}.", "{link},", "({link})", "<{link}>", "{link}/x"),
        *("{link}?a=1", "www.{link}", "“{link}", "{link} or https://another.example", "{{{link}}}"),
        *("{link} or www.another.example", "{link} or another.example/x", "{link} or Another.Uk"),
        *("{link} or write to absence@another.example", "{link} Thank you.Yours"),
    ],
)
def test_a_template_whose_link_a_phone_would_not_show_as_the_one_to_tap_is_refused(
    end: str,
) -> None:
    with pytest.raises(MessageError):
        check("{reference} {time} " + end)


@pytest.mark.parametrize(
    "link",
    [
        *("https://a.example/x.", "https://a.example/x,", "https://a.example/x)"),
        *("https://a.example/x y", "https://a.example/é", "http://a.example/x", "a.example/x", ""),
    ],
)
def test_a_link_that_a_phone_would_not_take_as_a_whole_is_refused(link: str) -> None:
    with pytest.raises(MessageError, match="can't be tapped"):
        check("{reference} {time} {link}", link)


@pytest.mark.parametrize(
    "template",
    [
        DEFAULTS.message_template,
        "{link} {reference} {time}",
        "{reference} {time}\n{link}\nThe college",
        "({reference}) {time}. Tell us: {link} Thank you",
        "{reference}, {time} {{O}} {link}",
    ],
)
@pytest.mark.parametrize("link", [LINK, "https://a.example/", "https://a.example/a?b=c-d_e"])
def test_a_template_that_shows_one_link_by_itself_is_accepted(template: str, link: str) -> None:
    check(template, link)
