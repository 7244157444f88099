from detect_absences.detection import ABANDONED_AFTER
from record_delivery.claim_window import CLAIM_WINDOW


def test_a_claims_window_lasts_until_the_claim_counts_as_abandoned() -> None:
    assert CLAIM_WINDOW == ABANDONED_AFTER
