"""docs/portal-contract.md names the settings and the columns that the link has."""

import re
from dataclasses import fields
from pathlib import Path

from absence_redirect.settings import AbsenceRedirectSettings
from db.source.contract import columns_read
from db.source.portal_session import Session

PAGE = (Path(__file__).parents[3] / "docs" / "portal-contract.md").read_text()


def test_the_page_gives_each_setting_its_default() -> None:
    defaults = {field.name: field.default for field in fields(AbsenceRedirectSettings)}
    told = re.findall(r"`(\w+)` \(`(\w+)`\)", PAGE)
    assert told
    assert told == [(name, defaults[name]) for name, _ in told]


def test_the_page_has_each_column_of_the_sessions_in_order() -> None:
    _, _, table = PAGE.partition("| column | the portal writes |")
    columns = re.findall(r"(?m)^\| `(\w+)` \|", table.partition("\n\n")[0])
    assert columns == list(columns_read(Session))
