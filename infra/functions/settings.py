"""The functions' settings, made from a stage. Synth refuses what a cold start would refuse."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

from absence_redirect.settings import AbsenceRedirectSettings, SettingError
from absence_texts.settings import CollegeSettings
from detect_absences.settings import DetectAbsencesSettings
from infra.stages.stage import Stage, StageRefusedError
from mail_day.settings import MailDaySettings
from migrate_database.settings import MigrateDatabaseSettings
from record_delivery.settings import RecordDeliverySettings
from send_sms.settings import SendSmsSettings

DATABASE_CA_AT_RUN_TIME = "/opt/database-ca.pem"
"""Lambda unpacks layers into /opt."""


class _FromStageOnly(BaseSettings):
    """Ignores the deployer's own environment, which must not reach a function."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings' signature)
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class _College(_FromStageOnly, CollegeSettings):
    pass


class _DetectAbsences(_FromStageOnly, DetectAbsencesSettings):
    pass


class _SendSms(_FromStageOnly, SendSmsSettings):
    pass


class _MigrateDatabase(_FromStageOnly, MigrateDatabaseSettings):
    pass


class _MailDay(_FromStageOnly, MailDaySettings):
    pass


class _RecordDelivery(_FromStageOnly, RecordDeliverySettings):
    pass


SETTINGS = {
    "detect_absences": _DetectAbsences,
    "send_sms": _SendSms,
    "absence_redirect": AbsenceRedirectSettings,
    "record_delivery": _RecordDelivery,
    "migrate_database": _MigrateDatabase,
    "mail_day": _MailDay,
}


def setting_names(settings: type[Any]) -> frozenset[str]:
    if issubclass(settings, BaseSettings):
        return frozenset(settings.model_fields)
    return frozenset(field.name for field in fields(settings))


def function_environment(package: str, stage: Stage, **made_by_stack: str) -> dict[str, str]:
    """Return a function's environment variables; raises StageRefusedError."""
    known = frozenset[str]().union(*map(setting_names, SETTINGS.values()))
    for name in stage.settings.keys() - known:
        raise StageRefusedError(f"Stage {stage.name} is refused: no function has setting {name!r}.")
    secret = stage.secret_name(package)
    made = _make(SETTINGS[package], stage, database_secret_id=secret, **made_by_stack)
    environment: dict[str, str] = made.environment()
    return environment


def college_settings(stage: Stage) -> CollegeSettings:
    """Return what the criteria and the sending window depend on; raises StageRefusedError."""
    made: CollegeSettings = _make(_College, stage)
    return made


def _make(settings: type[Any], stage: Stage, **made_by_stack: str) -> Any:  # noqa: ANN401
    values = {**_stage_values(stage), **made_by_stack, **stage.settings}
    known = setting_names(settings) & values.keys()
    try:
        return settings(**{name: values[name] for name in known})
    except (ValidationError, SettingError) as error:
        raise StageRefusedError(f"Stage {stage.name} is refused: {_reason(error)}.") from error


def _stage_values(stage: Stage) -> Mapping[str, Any]:
    return {
        "stage": stage.name,
        "database_tls_ca": DATABASE_CA_AT_RUN_TIME if stage.database_ca else None,
        "migrates_on_deploy": stage.migrates_on_deploy,
        "college_time_zone": stage.college_time_zone,
        "clock_offset_seconds": stage.clock_offset_seconds,
        "minutes_between_runs": stage.minutes_between_runs,
        "sender_id": stage.sender_id,
        "accept_fictional_mobiles": stage.accept_fictional_mobiles,
        "mail_to": ",".join(stage.mail_to),
        "mail_from": stage.mail_from,
        "mail_times": ",".join(stage.mail_times),
        "college_name": stage.college_name,
        "attendance_line": stage.attendance_line,
        "login_address": f"{stage.portal_address}/login.aspx",
        "logout_address": f"{stage.portal_address}/logout.aspx",
        "link_address": stage.link_address,
        "record_absence_address": f"{stage.portal_address}/recordabsence.aspx",
    }


def _reason(error: ValidationError | SettingError) -> str:
    if isinstance(error, SettingError):
        return str(error)
    return "; ".join(
        " ".join([*map(str, found["loc"]), found["msg"].removeprefix("Value error, ")])
        for found in error.errors()
    )
