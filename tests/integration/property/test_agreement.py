"""The product decides as the specification does, read a second time in plain Python."""

import os
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from tests.integration.property.differences import first_difference
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.steps import Step
from tests.integration.property.strategies import played_days
from tests.integration.property.tables import CollegeTables

EXAMPLES = int(os.environ.get("COLLEGE_DAYS", "500"))


@settings(
    max_examples=EXAMPLES,
    # Each example begins by emptying the tables.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(played=played_days())
def test_over_any_day_and_any_sequence_of_runs_both_readings_agree(
    tables: CollegeTables, played: tuple[GeneratedDay, ZoneInfo, list[Step]]
) -> None:
    day, zone, steps = played
    assert first_difference(tables, day, zone, steps) is None
