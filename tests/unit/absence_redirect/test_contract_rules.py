"""The reverse-proxy rules that a college copies pass on every path that the link answers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from absence_redirect.visit import Route, read_visit
from local.portal import proxy
from tests.support.link import request

CONTRACT = (Path(__file__).parents[3] / "docs" / "portal-contract.md").read_text()

type PassesOn = Callable[[str], bool]


def documented(before: str, after: str) -> re.Pattern[str]:
    (rule,) = re.findall(f"{re.escape(before)}(.+?){re.escape(after)}", CONTRACT)
    return re.compile(rule, re.IGNORECASE)


IIS = documented('<match url="', '" ignoreCase="true" />')
NGINX = documented('location ~* "', '" {')
RULES: dict[str, PassesOn] = {
    # IIS compares without the first slash.
    "IIS": lambda path: IIS.search(path.removeprefix("/")) is not None,
    "nginx": lambda path: NGINX.search(path) is not None,
    "the stand-in portal": proxy.passes_on,
}
PATHS = [
    "/recordabsencelink.aspx",
    "/RecordAbsenceLink.aspx/Select",
    "/recordabsencelink.aspx.",
    "/recordabsencelink.aspx/select)",
    "/recordabsencelink.aspx?from=login",
    "/a",
    "/A/",
    "/a.",
    "/a”",
]
every_rule = pytest.mark.parametrize("passes_on", RULES.values(), ids=RULES)


@every_rule
@pytest.mark.parametrize("path", PATHS)
def test_a_rule_passes_on_what_the_link_answers(passes_on: PassesOn, path: str) -> None:
    assert read_visit(request(path), cookie_name="portal_session").route is not Route.UNKNOWN
    assert passes_on(path)


@every_rule
@pytest.mark.parametrize("path", ["/", "/ab", "/a-levels", "/login.aspx", "/x/a", "/recordabsence"])
def test_a_rule_leaves_the_portals_own_pages_alone(passes_on: PassesOn, path: str) -> None:
    assert not passes_on(path)
