"""Whoever sees little can read the pages' words, in light and in dark."""

import re

import pytest

from absence_redirect.colour import READABLE, contrast
from absence_redirect.pages import Pages
from tests.support.link import (
    link_settings,
)

SCHEMES = re.findall(r":root \{(.*?)\}", Pages(link_settings()).go_on().html, re.DOTALL)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("on-accent", "accent")],
)
def test_words_can_be_read_in_light_and_dark(scheme: int, words: str, ground: str) -> None:
    declared = "".join(SCHEMES[: scheme + 1])
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", declared))
    assert contrast(_long(colours[words]), _long(colours[ground])) >= READABLE


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_reckoned_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(part * 2 for part in colour[1:])
