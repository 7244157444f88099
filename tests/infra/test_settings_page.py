"""docs/operations/settings.md has a line for each setting that a stage may set, and its default."""

import re
from dataclasses import MISSING, fields
from datetime import time
from typing import Any

from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from infra.functions.settings import SETTINGS, function_environment, setting_names
from infra.repository import ROOT
from infra.stages.stage import Stage
from infra.stages.values import LIVE

_PAGE = (ROOT / "docs" / "operations" / "settings.md").read_text()
_TOLD = {
    name: default.strip().strip("`")
    for name, default in re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \|", _PAGE)
}
_MADE_OF_THE_STAGE = {"stage", "database_secret_id", "database_tls_ca"}
_MADE_BY_THE_STACK = {"queue_url", "sending_parameter", "seconds_between_texts", "delivery_logs"}


def _defaults() -> dict[str, Any]:
    """Return the default of each setting that is no value of the stage itself."""
    values_of_its_own = {field.name for field in fields(Stage)}
    return {
        name: _default(settings, name)
        for settings in SETTINGS.values()
        for name in setting_names(settings)
        - values_of_its_own
        - _MADE_OF_THE_STAGE
        - _MADE_BY_THE_STACK
    }


def _default(settings: type[Any], name: str) -> object:
    if issubclass(settings, BaseSettings):
        return settings.model_fields[name].default
    (found,) = (field.default for field in fields(settings) if field.name == name)
    return found


def _shown(name: str, default: object) -> str:
    if default in (MISSING, PydanticUndefined):
        address = function_environment("absence_redirect", LIVE)[name.upper()]
        return address.replace(LIVE.portal_address, "<portal_address>")
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, time):
        return f"{default:%H:%M}"
    return str(default) if default else "none"


def test_each_setting_has_its_line_with_its_default() -> None:
    defaults = _defaults()
    assert {name: _shown(name, default) for name, default in defaults.items()} == _TOLD
