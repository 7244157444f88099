"""Whatever the columns hold, a run ends, and every absence is texted, decided or a data problem.

`ODD_DAYS=20000 pytest tests/integration/property/test_anything.py` plays more days.
"""

import os
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings

from tests.integration.property.anything import SIGNED, UNSIGNED, anything
from tests.integration.property.differences import first_difference
from tests.integration.property.generated_day import GeneratedDay
from tests.integration.property.steps import Step
from tests.integration.property.tables import Views

type Played = tuple[GeneratedDay, ZoneInfo, Sequence[Step], bool]

EXAMPLES = int(os.environ.get("ODD_DAYS", "500")) // 2
odd_days = settings(
    max_examples=EXAMPLES,
    # Each example begins by emptying the tables.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@odd_days
@given(played=anything(SIGNED))
def test_over_any_rows_of_signed_ids_both_readings_agree(
    signed_views: Views, played: Played
) -> None:
    day, zone, steps, texts_clashes = played
    assert first_difference(signed_views, day, zone, steps, texts_clashes=texts_clashes) is None


@odd_days
@given(played=anything(UNSIGNED))
def test_over_any_rows_of_unsigned_ids_both_readings_agree(
    unsigned_views: Views, played: Played
) -> None:
    day, zone, steps, texts_clashes = played
    assert first_difference(unsigned_views, day, zone, steps, texts_clashes=texts_clashes) is None
