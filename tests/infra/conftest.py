"""Each stage's template, made once."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from infra.stages.stage import CollegeNetwork, LinkDomain, TrialDatabase
from infra.stages.values import LIVE, PILOT, STAGES
from infra.stages.watched_database import WatchedDatabase
from tests.support.synthesized import Synthesized, synthesize

NETWORK = CollegeNetwork(
    vpc_id="vpc-0a1b2c3d4e5f60718",
    availability_zones=("eu-west-2a", "eu-west-2b"),
    private_subnet_ids=("subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"),
    database_security_group_id="sg-0a1b2c3d4e5f60718",
)
_IN_A_NETWORK = "live in the college's VPC"
WITH_MAILS: dict[str, Any] = {
    "mail_to": ("attendance@college.example", "office@staff.example"),
    "mail_from": "absence-texts@college.example",
}
_CASES = {
    **{name: replace(stage, **WITH_MAILS) for name, stage in STAGES.items()},
    _IN_A_NETWORK: replace(
        LIVE, **WITH_MAILS, network=NETWORK, alarm_emails=("ops@college.example",)
    ),
}
_WITHOUT_MAILS = "live that mails to nobody"
_ON_TRIAL = "pilot with a database of its own"
_WITH_EVERYTHING = "live with every choice made"
_FURTHER_CASES = {
    _WITHOUT_MAILS: LIVE,
    _ON_TRIAL: replace(
        PILOT,
        **WITH_MAILS,
        trial_database=TrialDatabase(),
        alarm_emails=("ops@college.example",),
    ),
    _WITH_EVERYTHING: replace(
        LIVE,
        **WITH_MAILS,
        watched_database=WatchedDatabase(instance_identifier="portal", connections=200),
        spend_limit_usd=500,
        database_ca="tests/infra/an_authority.pem",
        link_domain=LinkDomain(
            name="absence.communications.runshaw.ac.uk",
            certificate_arn="arn:aws:acm:eu-west-2:123456789012:certificate/0a1b2c3d",
        ),
    ),
}

ALL_CASES = _CASES | _FURTHER_CASES

type Synthesize = Callable[[str], Synthesized]


@pytest.fixture(scope="session")
def synthesize_case(tmp_path_factory: pytest.TempPathFactory) -> Synthesize:
    def make(case: str) -> Synthesized:
        return synthesize(ALL_CASES[case], tmp_path_factory.mktemp("assembly"))

    return cache(make)


@pytest.fixture(scope="session", params=_CASES)
def synthesized(request: pytest.FixtureRequest, synthesize_case: Synthesize) -> Synthesized:
    return synthesize_case(request.param)


@pytest.fixture(scope="session")
def in_a_network(synthesize_case: Synthesize) -> Synthesized:
    return synthesize_case(_IN_A_NETWORK)


@pytest.fixture(scope="session")
def without_mails(synthesize_case: Synthesize) -> Synthesized:
    return synthesize_case(_WITHOUT_MAILS)


@pytest.fixture(scope="session")
def on_trial(synthesize_case: Synthesize) -> Synthesized:
    return synthesize_case(_ON_TRIAL)


@pytest.fixture(scope="session")
def with_everything(synthesize_case: Synthesize) -> Synthesized:
    return synthesize_case(_WITH_EVERYTHING)
