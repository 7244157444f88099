"""The answer to CloudFormation, which accepts 4096 bytes."""

import pytest

from absence_texts.custom_resource import answer, failed
from tests.support.cloudformation import listening

LONGEST_ID = "x" * 255


@pytest.mark.parametrize("character", ["x", "é", "😀", '"', "\n"])
def test_an_answer_with_a_long_reason_is_short_enough_in_any_language(character: str) -> None:
    with listening() as cloudformation:
        event = cloudformation.event("Create", {}) | {"StackId": LONGEST_ID}
        answer(event, failed(character * 5000), physical_id="x")
    (size,) = cloudformation.sizes
    assert size <= 4096
    (answered,) = cloudformation.answers
    assert set(answered["Reason"]) == {character}
