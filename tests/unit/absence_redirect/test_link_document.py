"""docs/link.md gives the link's pages the headings that they have."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "link.md").read_text()
TEMPLATES = ROOT / "functions" / "absence_redirect" / "templates"


def test_each_heading_on_the_page_is_that_of_a_template() -> None:
    told = set(re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", PAGE))
    headings = {
        heading
        for template in TEMPLATES.glob("*.html")
        for heading in re.findall(r"block title %\}([^{]+)\{%", template.read_text())
    }
    assert told
    assert told <= headings
