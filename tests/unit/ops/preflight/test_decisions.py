"""What `preflight` makes of each fact that AWS can state."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from infra.stages.stage import LinkDomain, Stage
from infra.stages.values import LIVE, PILOT
from ops.preflight.answer import Sign
from ops.preflight.command import decide_credentials
from ops.preflight.delivery_logs import decide_names, decide_reading
from ops.preflight.deployment import (
    decide_bootstrap,
    decide_certificate,
    decide_concurrency,
    decide_region,
    decide_stack,
)
from ops.preflight.sms import decide_sandbox, decide_sender_id, decide_spend
from record_delivery.sns_delivery_log import both_groups, delivered_group

RIGHT, WRONG, NOT_KNOWN = Sign.RIGHT, Sign.WRONG, Sign.NOT_KNOWN
ACCOUNT, ANOTHER = "123456789012", "210987654321"
LISTED = replace(PILOT, settings={"listed_mobiles": "+447700900001,+447700900002"})
DELIVERED, UNDELIVERED = both_groups(delivered_group(region="eu-west-2", account=ACCOUNT))


@pytest.mark.parametrize(("pinned", "sign"), [(ACCOUNT, RIGHT), (ANOTHER, WRONG), (None, WRONG)])
def test_the_credentials_are_of_the_stages_account(pinned: str | None, sign: Sign) -> None:
    assert decide_credentials(replace(LIVE, account=pinned), ACCOUNT).sign is sign


@pytest.mark.parametrize(
    ("shells", "sign"), [("eu-west-2", RIGHT), ("us-east-1", WRONG), (None, WRONG)]
)
def test_the_shells_region_is_the_stages(shells: str | None, sign: Sign) -> None:
    assert decide_region(LIVE, shells).sign is sign


@pytest.mark.parametrize(
    ("status", "sign"),
    [
        (None, RIGHT),
        ("CREATE_COMPLETE", RIGHT),
        ("UPDATE_ROLLBACK_COMPLETE", RIGHT),
        ("REVIEW_IN_PROGRESS", NOT_KNOWN),
        ("UPDATE_IN_PROGRESS", NOT_KNOWN),
        ("ROLLBACK_COMPLETE", WRONG),
        ("ROLLBACK_FAILED", WRONG),
        ("CREATE_FAILED", WRONG),
        ("DELETE_FAILED", WRONG),
        ("UPDATE_ROLLBACK_FAILED", WRONG),
    ],
)
def test_a_stack_that_takes_no_deployment_is_wrong(status: str | None, sign: Sign) -> None:
    assert decide_stack(LIVE, status).sign is sign


@pytest.mark.parametrize(("version", "sign"), [(6, RIGHT), (30, RIGHT), (5, WRONG), (None, WRONG)])
def test_the_bootstrap_is_new_enough(version: int | None, sign: Sign) -> None:
    answer = decide_bootstrap(PILOT, version)
    assert answer.sign is sign
    assert sign is RIGHT or answer.mend == "make bootstrap STAGE=pilot"


@pytest.mark.parametrize(
    ("quota", "unreserved", "still_needed", "sign"),
    [
        (1000, 1000, 6, RIGHT),
        (106, 106, 6, RIGHT),
        (105, 105, 6, NOT_KNOWN),
        (1000, 60, 6, NOT_KNOWN),
        (1000, 5, 6, WRONG),
        (100, 100, 6, WRONG),
        (10, 10, 6, WRONG),
        (10, 4, 0, RIGHT),
    ],
)
def test_the_concurrency_leaves_what_lambda_keeps_unreserved(
    quota: int, unreserved: int, still_needed: int, sign: Sign
) -> None:
    answer = decide_concurrency(quota=quota, unreserved=unreserved, still_needed=still_needed)
    assert answer.sign is sign


@pytest.mark.parametrize(
    ("status", "names", "sign"),
    [
        ("ISSUED", {"absence.college.example"}, RIGHT),
        ("ISSUED", {"college.example", "*.college.example"}, RIGHT),
        ("ISSUED", {"www.college.example"}, WRONG),
        ("PENDING_VALIDATION", {"absence.college.example"}, WRONG),
        (None, set(), WRONG),
    ],
)
def test_the_certificate_is_issued_for_the_links_domain(
    status: str | None, names: set[str], sign: Sign
) -> None:
    domain = LinkDomain(name="absence.college.example", certificate_arn="arn:aws:acm:…")
    assert decide_certificate(domain, status, names).sign is sign


@pytest.mark.parametrize(
    ("stage", "in_sandbox", "verified", "sign"),
    [
        (LIVE, False, set(), RIGHT),
        (LIVE, True, {"+447700900001"}, WRONG),
        (LISTED, True, {"+447700900001", "+447700900002"}, RIGHT),
        (LISTED, True, {"+447700900001"}, WRONG),
        (PILOT, True, {"+447700900001"}, RIGHT),
        (PILOT, True, set(), WRONG),
    ],
)
def test_a_phone_that_the_sandbox_would_refuse_is_wrong(
    stage: Stage,
    in_sandbox: bool,  # noqa: FBT001 (a case)
    verified: set[str],
    sign: Sign,
) -> None:
    answer = decide_sandbox(stage, in_sandbox=in_sandbox, verified=verified)
    assert answer.sign is sign
    assert "+44" not in answer.says


@pytest.mark.parametrize(
    ("registered", "policy", "sign"),
    [
        (True, {"Statement": [{"Principal": {"Service": "sns.amazonaws.com"}}]}, RIGHT),
        (True, {}, WRONG),
        (False, {}, WRONG),
        (None, None, WRONG),
    ],
)
def test_the_sender_id_is_the_accounts_and_sns_may_use_it(
    registered: bool | None,  # noqa: FBT001 (a case)
    policy: Mapping[str, object] | None,
    sign: Sign,
) -> None:
    assert decide_sender_id(LIVE, registered=registered, policy=policy).sign is sign


@pytest.mark.parametrize(
    ("wanted", "quota", "sign"),
    [
        (500, 500, RIGHT),
        (500, 1, WRONG),
        (None, 500, WRONG),
        (500, None, NOT_KNOWN),
    ],
)
def test_the_spend_limit_is_within_the_quota(
    wanted: int | None, quota: int | None, sign: Sign
) -> None:
    assert decide_spend(replace(LIVE, spend_limit_usd=wanted), quota).sign is sign


@pytest.mark.parametrize(
    ("sets_sms_account", "subscriptions", "sign"),
    [
        (True, {}, RIGHT),
        (True, {UNDELIVERED: 0}, WRONG),
        (False, {DELIVERED: 1, UNDELIVERED: 1}, RIGHT),
        (False, {DELIVERED: 2, UNDELIVERED: 1}, WRONG),
        (False, {DELIVERED: 1}, WRONG),
        (False, {}, WRONG),
    ],
)
def test_the_delivery_logs_can_be_made_or_shared(
    sets_sms_account: bool,  # noqa: FBT001 (a case)
    subscriptions: Mapping[str, int],
    sign: Sign,
) -> None:
    stage = replace(LIVE, sets_sms_account=sets_sms_account)
    assert decide_names(stage, subscriptions).sign is sign


@pytest.mark.parametrize(("subscriptions", "sign"), [(1, RIGHT), (0, WRONG), (None, WRONG)])
def test_a_deployed_stage_reads_both_logs(subscriptions: int | None, sign: Sign) -> None:
    assert decide_reading(DELIVERED, subscriptions, reader="arn:…").sign is sign
