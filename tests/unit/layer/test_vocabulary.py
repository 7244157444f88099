from absence_texts.ledger import State
from absence_texts.vocabulary import Count


def test_every_state_that_a_text_can_stay_in_is_counted() -> None:
    assert {*State} - {State.SENDING} <= {count.value for count in Count}


def test_no_two_counts_mean_the_same() -> None:
    assert len({count.meaning for count in Count}) == len(Count)
