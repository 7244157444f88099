"""The values of the three stages, and the context options that only the local stage takes."""

import platform
from collections.abc import Callable, Mapping
from dataclasses import replace

from infra.stages.architecture import Architecture
from infra.stages.log_retention import LogRetention
from infra.stages.secret_names import function_secret_names, secret_name
from infra.stages.stage import Stage, StageRefusedError

type Option = Callable[[str], str | None]

_THIS_MACHINE = (
    Architecture.ARM64 if platform.machine() in {"aarch64", "arm64"} else Architecture.X86_64
)
LIVE = Stage(
    name="live",
    architecture=Architecture.ARM64,
    minutes_between_runs=5,
    database_secret_name=secret_name("live", "database"),
    function_secret_names=function_secret_names("live"),
    database_ca="certificates/rds-eu-west-2.pem",
    portal_address="https://communications.runshaw.ac.uk",
    college_name="Runshaw College",
    attendance_line="01632 960000",
    sender_id="Runshaw",
)
PILOT = replace(
    LIVE,
    name="pilot",
    database_secret_name=secret_name("pilot", "database"),
    function_secret_names=function_secret_names("pilot"),
    termination_protection=False,
)
LOCAL = replace(
    LIVE,
    name="local",
    architecture=_THIS_MACHINE,
    minutes_between_runs=1,
    database_secret_name=secret_name("local", "database"),
    function_secret_names=function_secret_names("local"),
    database_ca=None,
    portal_address="http://127.0.0.1:8080",
    settings={
        "attendance_hours": "Monday to Friday, 8am to 4pm",
        "attendance_relay": "18001 01632 960000",
        "attendance_email": "attendance@college.example",
    },
    # A job whose sender was killed is seen again after six time-outs: in two minutes.
    sender_timeout_seconds=20,
    tries=2,
    log_retention=LogRetention.ONE_WEEK,
    watches_shares=False,
    accept_fictional_mobiles=True,
    mail_to=("attendance@college.example",),
    mail_from="absence-texts@college.example",
    termination_protection=False,
)
STAGES: Mapping[str, Stage] = {stage.name: stage for stage in (LOCAL, PILOT, LIVE)}
_NAMES = ", ".join(STAGES)


def stages_from_context(option: Option) -> tuple[Stage, ...]:
    """Return the stage that `-c stage=...` names, or each stage for AWS if none is named.

    Raises StageRefusedError for an unknown name, or for an option that the stage does not take.
    """
    name = option("stage")
    if name is None:
        return tuple(_with_local_options(stage, option) for stage in (PILOT, LIVE))
    if name not in STAGES:
        raise StageRefusedError(f"There is no stage {name!r}: name one of {_NAMES}.")
    return (_with_local_options(STAGES[name], option),)


def _with_local_options(stage: Stage, option: Option) -> Stage:
    offset, portal = option("clock_offset_seconds"), option("portal_address")
    if stage.name != "local" and (offset or portal):
        refused = "clock_offset_seconds" if offset else "portal_address"
        raise StageRefusedError(f"{refused} is for the local stage, not for {stage.name}.")
    return replace(
        stage,
        clock_offset_seconds=_seconds(offset or "0"),
        portal_address=portal or stage.portal_address,
    )


def _seconds(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise StageRefusedError(
            f"clock_offset_seconds must be a whole number, not {text!r}."
        ) from error
