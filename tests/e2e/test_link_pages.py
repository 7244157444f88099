"""The link's pages in Chromium: readable, easy to tap, and usable with a screen reader."""

import re
from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.browser import AXE, DESKTOP, PHONE, SCHEMES, VIEWPORTS, Scheme
from tests.e2e.deployed import Deployed
from tests.e2e.link_visits import LINK, OUR_PAGES, come_to, database_hanging, log_in_beforehand

WORDS_CUT = """() => {
  const cut = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());)
    for (const word of text.data.matchAll(/\\S+/g)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const boxes = [...range.getClientRects()];
      const lines = new Set(boxes.map(box => Math.round(box.top)));
      if (lines.size > 1 || boxes.some(box => box.left < 0 || box.right > innerWidth))
        cut.push(word[0]);
    }
  return cut;
}"""
"""Returns the words that are broken into two lines or that run over the edge of the screen."""
THUMB = 44
"""Width in pixels. https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced"""


@pytest.fixture(scope="module", params=OUR_PAGES)
def shown(request: pytest.FixtureRequest, chromium: Browser, deployed: Deployed) -> Iterator[Page]:
    """Open each page in turn; its content security policy is off, because it would refuse axe."""
    with chromium.new_context(
        bypass_csp=True, viewport=PHONE, base_url=deployed.stack.portal_address
    ) as context:
        page = context.new_page()
        come_to(request.param, page, deployed)
        page.add_script_tag(path=AXE)
        yield page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_axe_finds_nothing(shown: Page, viewport: ViewportSize, scheme: Scheme) -> None:
    shown.set_viewport_size(viewport)
    shown.emulate_media(color_scheme=scheme)
    found = shown.evaluate("axe.run()")
    assert [rule["id"] for rule in found["violations"] + found["incomplete"]] == []
    assert "color-contrast" in [rule["id"] for rule in found["passes"]]


@pytest.mark.parametrize("viewport", VIEWPORTS.values(), ids=VIEWPORTS)
def test_a_page_is_no_wider_than_the_screen_and_its_targets_as_large_as_a_thumb(
    shown: Page, viewport: ViewportSize
) -> None:
    shown.set_viewport_size(viewport)
    assert shown.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    boxes = [link.bounding_box() for link in shown.get_by_role("link").all()]
    assert boxes
    for box in boxes:
        assert box
        assert min(box["width"], box["height"]) >= THUMB


def test_with_text_of_twice_the_size_no_word_is_cut(shown: Page) -> None:
    shown.set_viewport_size(PHONE)
    shown.evaluate("document.documentElement.style.fontSize = '200%'")
    assert shown.evaluate(WORDS_CUT) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    shown.evaluate("document.documentElement.style.fontSize = ''")


def test_a_page_is_light_or_dark_as_the_device_is(shown: Page) -> None:
    shown.set_viewport_size(DESKTOP)
    lightness = []
    for scheme in SCHEMES:
        shown.emulate_media(color_scheme=scheme)
        colour = shown.evaluate("getComputedStyle(document.body).backgroundColor")
        lightness.append(sum(int(part) for part in re.findall(r"\d+", colour)))
    light, dark = lightness
    assert light > 3 * 200
    assert dark < 3 * 50


def test_the_policy_lets_the_pages_own_style_in_and_no_script(
    chromium: Browser, deployed: Deployed
) -> None:
    with chromium.new_context(base_url=deployed.stack.portal_address) as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        come_to("continue", page, deployed)
        assert refused == []
        page.evaluate("document.body.append(document.createElement('script'))")
        page.evaluate("document.querySelector('script').text = 'document.title = 1'")
        assert page.title() != "1"
        assert any("Content Security Policy" in line for line in refused)


def test_a_database_that_hangs_is_answered_within_two_seconds(
    chromium: Browser, deployed: Deployed
) -> None:
    with chromium.new_context(base_url=deployed.stack.portal_address) as context:
        page = context.new_page()
        _, guardian = deployed.college.student_with_guardian()
        log_in_beforehand(page, guardian)
        page.goto(LINK)
        with database_hanging(deployed):
            started = monotonic()
            answer = page.goto(LINK)
            taken = monotonic() - started
    assert answer
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert taken < 2
