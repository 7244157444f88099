"""Both readings agree on each of the compact examples."""

import pytest

from tests.integration.property.differences import first_difference
from tests.integration.property.examples import LATEST_MINUTES, LONDON, STORIES, Example, Story
from tests.integration.property.examples_of_views import ALL_STORIES
from tests.integration.property.tables import CollegeTables, Views


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_both_readings_agree(tables: CollegeTables, story: Story) -> None:
    example = Example()
    steps = story(example)
    assert first_difference(tables, example.day, LONDON, steps) is None


@pytest.mark.parametrize("story", ALL_STORIES.values(), ids=ALL_STORIES)
def test_both_readings_agree_on_rows_that_only_a_view_holds(
    unsigned_views: Views, story: Story
) -> None:
    example = Example()
    steps = story(example)
    found = first_difference(unsigned_views, example.day, LONDON, steps, texts_clashes=False)
    assert found is None


@pytest.mark.parametrize("story", ALL_STORIES.values(), ids=ALL_STORIES)
def test_both_readings_agree_if_a_text_may_not_leave_late(
    unsigned_views: Views, story: Story
) -> None:
    example = Example()
    steps = story(example)
    latest = LATEST_MINUTES
    assert (
        first_difference(unsigned_views, example.day, LONDON, steps, latest_minutes=latest) is None
    )


_CLASHES = [name for name in ALL_STORIES if "same time" in name]


@pytest.mark.parametrize("name", _CLASHES)
def test_a_clash_of_the_timetable_is_texted_about_by_default(
    unsigned_views: Views, name: str
) -> None:
    example = Example()
    steps = ALL_STORIES[name](example)
    assert first_difference(unsigned_views, example.day, LONDON, steps) is None
