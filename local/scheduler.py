"""Lets the scheduler call detection now, instead of at the schedule's next time."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from local.ministack import session
from local.running_stack import RunningStack
from local.waiting import wait_until

if TYPE_CHECKING:
    from mypy_boto3_scheduler import EventBridgeSchedulerClient

# MiniStack looks for due schedules every 10 s.
_LONGEST_WAIT_SECONDS = 30


class ScheduleNotRunError(Exception):
    """The scheduler did not run the one-time schedule."""


def run_schedule_now(stack: RunningStack) -> None:
    """Let the scheduler call what the deployed schedule calls, and return after the call.

    The function may still be running then. Raises ScheduleNotRunError.
    """
    client = session().client("scheduler", endpoint_url=stack.ministack_address)
    name = _schedule_once(client, stack.schedule_name)
    wait_until(
        lambda: not _exists(client, name),
        seconds=_LONGEST_WAIT_SECONDS,
        every=0.2,
        otherwise=lambda: ScheduleNotRunError(f"{name} did not run in {_LONGEST_WAIT_SECONDS} s."),
    )


def _schedule_once(client: "EventBridgeSchedulerClient", like: str) -> str:
    deployed = client.get_schedule(Name=like)
    name = f"now-{uuid4()}"
    client.create_schedule(
        Name=name,
        ScheduleExpression=f"at({datetime.now(UTC):%Y-%m-%dT%H:%M:%S})",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target=deployed["Target"],
        ActionAfterCompletion="DELETE",
    )
    return name


def _exists(client: "EventBridgeSchedulerClient", name: str) -> bool:
    with suppress(client.exceptions.ResourceNotFoundException):
        client.get_schedule(Name=name)
        return True
    return False
