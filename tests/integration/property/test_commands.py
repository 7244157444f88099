"""Whatever the columns hold, each command that reads the college's tables runs to its end."""

import os
from collections.abc import Sequence
from datetime import UTC
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from absence_texts.clock import CollegeTime
from tests.integration.ops.conftest import CommandLine
from tests.integration.property.anything import SIGNED, UNSIGNED, anything
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.product import Product
from tests.integration.property.steps import Deliver, Run, Step
from tests.integration.property.tables import Views

type Played = tuple[GeneratedDay, ZoneInfo, Sequence[Step], bool]

COMMANDS = (
    "preview",
    "preview --compare",
    "explain --student STE04049635",
    "explain --student-id 1",
    "unreached",
    "doctor",
)
odd_days = settings(
    max_examples=int(os.environ.get("ODD_DAYS", "30")) // 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def play(views: Views, played: Played) -> None:
    """Play the day's steps, and run every command after each run of detection."""
    day, zone, steps, texts_clashes = played
    views.write(day)
    product = Product(views.database, zone, views.schema, texts_clashes)
    ops = CommandLine(views.database)
    ops.settings = {"source_schema": views.schema, "college_time_zone": zone.key}
    for step in steps:
        match step:
            case Run(at=at):
                product.run(at)
                ops.now = CollegeTime(at.astimezone(UTC), zone)
                run_every_command(ops)
            case Deliver(at=at):
                product.deliver(at)
            case _:
                step.apply(day)
                views.rewrite(day, step.record)


def run_every_command(ops: CommandLine) -> None:
    for words in COMMANDS:
        shown = ops(words)
        assert ops.code in {0, 1}, shown


@odd_days
@given(played=anything(SIGNED))
def test_over_any_rows_of_signed_ids_every_command_ends(
    signed_views: Views, played: Played
) -> None:
    play(signed_views, played)


@odd_days
@given(played=anything(UNSIGNED))
def test_over_any_rows_of_unsigned_ids_every_command_ends(
    unsigned_views: Views, played: Played
) -> None:
    play(unsigned_views, played)
