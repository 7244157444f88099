"""Both readings agree on each of the compact examples."""

import pytest

from absence_texts.database import Database
from tests.integration.property.differences import first_difference
from tests.integration.property.examples import LONDON, STORIES, Example, Story


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_both_readings_agree(database: Database, story: Story) -> None:
    example = Example()
    steps = story(example)
    assert first_difference(database, example.day, LONDON, steps) is None
