"""The pages of docs/operations/ name what there is."""

import re
from dataclasses import fields
from datetime import datetime
from textwrap import dedent

import pytest

from absence_texts.criteria import IN_ORDER
from absence_texts.settings import MessageSettings
from absence_texts.vocabulary import Count, Reason
from db.grants import MIGRATOR
from infra.functions.settings import SETTINGS, setting_names
from infra.repository import FUNCTIONS, ROOT, SHARED_PACKAGE, function_packages
from infra.stages.stage import Stage, TrialDatabase
from infra.stages.values import PILOT

_BOTOCORES = "ReadTimeoutError"
_SOURCE_TABLES = ("portal_sessions",)
_RUNBOOKS = ROOT / "docs" / "operations" / "runbooks"
_DEPLOY = (ROOT / "docs" / "operations" / "deploy.md").read_text()


def test_the_guide_names_values_that_a_stage_has() -> None:
    _, _, after = _DEPLOY.partition("| value | is |\n")
    rows = [line.split("|") for line in after.partition("\n\n")[0].splitlines()]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row[1])}
    assert named
    assert named <= {field.name for field in fields(Stage)}


def test_the_guide_makes_every_secret_of_the_pilot_and_no_other() -> None:
    made = set(re.findall(r"(?m)^   \| `(absence-texts/pilot/\w+)` \|", _DEPLOY))
    assert made == {PILOT.database_secret_name, *PILOT.function_secret_names.values()}


def test_the_samples_of_the_registration_are_texts_as_the_service_sends_them() -> None:
    page = (ROOT / "docs" / "operations" / "sender-id-registration.md").read_text()
    settings = MessageSettings(stage="live")
    samples = re.findall(r"(?m)^```\n(Student (\w+) .+ at (\d\d):(\d\d)\. .+)$", page)
    assert len(samples) == 2
    for text, reference, hour, minute in samples:
        starts_at = datetime(2026, 11, 23, int(hour), int(minute))
        assert text == settings.message(reference=reference, starts_at=starts_at)
    assert f"`{PILOT.sender_id}`" in page
    assert f"`{PILOT.link_address}`" in page
    assert f"`{settings.message_link}`" in page


def test_the_trials_grants_can_be_printed_as_the_page_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (ROOT / "docs" / "operations" / "trial-database.md").read_text()
    (script,) = re.findall(r"(?s)python - <<'END'\n(.+?)\n +END", page)
    exec(dedent(script), {})  # noqa: S102 (our own page's)
    printed = capsys.readouterr().out.splitlines()
    assert all(re.fullmatch(r"(GRANT|REVOKE) .+ '\w+'@'%';", line) for line in printed)
    assert {line.rpartition(" ")[2] for line in printed} == {
        f"'{user}'@'%';" for user in PILOT.own_secret_names if user != MIGRATOR
    }


def test_the_runbooks_name_counts_reasons_and_values_that_there_are() -> None:
    known = {
        *(*Count, *Reason, *function_packages(), *_SOURCE_TABLES),
        *(row.name for row in IN_ORDER),
        *(field.name for values in (Stage, TrialDatabase) for field in fields(values)),
    }.union(*map(setting_names, SETTINGS.values()))
    named = {
        (name, page.name)
        for page in _RUNBOOKS.glob("*.md")
        for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", page.read_text())
    }
    assert named
    assert [(name, page) for name, page in named if name not in known] == []


def test_the_runbooks_name_errors_that_the_functions_know() -> None:
    known = "".join(
        source.read_text()
        for directory in (FUNCTIONS, SHARED_PACKAGE)
        for source in directory.rglob("*.py")
    )
    told = {
        name
        for page in _RUNBOOKS.glob("*.md")
        for name in re.findall(r"`(\w+Error)`", page.read_text())
    }
    assert told
    assert [name for name in told if not re.search(rf"\b{name}\b", known + _BOTOCORES)] == []
