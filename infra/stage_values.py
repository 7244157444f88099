"""The values of the three stages, and the context options that only the local one takes."""

import platform
from collections.abc import Callable
from dataclasses import replace

from aws_cdk.aws_logs import RetentionDays

from infra.architecture import Architecture
from infra.stages import Stage, StageRefusedError

# Ofcom keeps 01632 960000 to 960999 for drama: no real telephone rings.
NO_ATTENDANCE_LINE_YET = "01632 960000"
_THIS_MACHINE = (
    Architecture.ARM64 if platform.machine() in {"aarch64", "arm64"} else Architecture.X86_64
)

LIVE = Stage(
    name="live",
    architecture=Architecture.ARM64,
    schedule="cron(0/5 * * * ? *)",
    database_secret_name="absence-texts/live/database",  # noqa: S106 (its name, no secret)
    portal_address="https://communications.runshaw.ac.uk",
    college_name="Runshaw College",
    attendance_line=NO_ATTENDANCE_LINE_YET,
    sender_id="Runshaw",
)
PILOT = replace(
    LIVE,
    name="pilot",
    database_secret_name="absence-texts/pilot/database",  # noqa: S106 (its name, no secret)
    termination_protection=False,
)
LOCAL = replace(
    LIVE,
    name="local",
    architecture=_THIS_MACHINE,
    schedule="rate(1 minute)",
    database_secret_name="absence-texts/local/database",  # noqa: S106 (its name, no secret)
    portal_address="http://127.0.0.1:8080",
    # Short, so that a job that fails reaches the dead-letter queue within two minutes.
    sender_timeout_seconds=10,
    tries=2,
    log_retention=RetentionDays.ONE_WEEK,
    accept_fictional_mobiles=True,
    termination_protection=False,
)
STAGES = {stage.name: stage for stage in (LOCAL, PILOT, LIVE)}
_NAMES = ", ".join(STAGES)


def stage_from_context(option: Callable[[str], str | None]) -> Stage:
    """Return the stage that `-c stage=...` names."""
    name = option("stage")
    if name is None:
        raise StageRefusedError(f"Name the stage, with -c stage= and one of {_NAMES}.")
    stages: dict[str, Stage] = {**STAGES}
    if name not in stages:
        raise StageRefusedError(f"There is no stage {name!r}: the stages are {_NAMES}.")
    return _with_local_options(stages[name], option)


def _with_local_options(stage: Stage, option: Callable[[str], str | None]) -> Stage:
    offset = option("clock_offset_seconds")
    portal = option("portal_address")
    for given in ("clock_offset_seconds", "portal_address"):
        if stage.name != "local" and option(given) is not None:
            raise StageRefusedError(f"{given} is for the local stage, not for {stage.name}.")
    return replace(
        stage,
        clock_offset_seconds=int(offset or stage.clock_offset_seconds),
        portal_address=portal or stage.portal_address,
    )
