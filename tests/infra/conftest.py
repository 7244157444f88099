"""Each stage's template, made once."""

from dataclasses import replace

import pytest

from infra.college_network import CollegeNetwork
from infra.stage_values import LIVE, STAGES
from tests.infra.synthesized import Synthesized, synthesize

_NETWORK = CollegeNetwork(
    vpc_id="vpc-0a1b2c3d4e5f60718",
    availability_zones=("eu-west-2a", "eu-west-2b"),
    private_subnet_ids=("subnet-0a1b2c3d4e5f60718", "subnet-0a1b2c3d4e5f60719"),
    database_security_group_id="sg-0a1b2c3d4e5f60718",
)
_IN_THE_COLLEGE = replace(LIVE, network=_NETWORK, alarm_emails=("ops@college.example",))
_CASES = {**STAGES, "live in the college's VPC": _IN_THE_COLLEGE}


@pytest.fixture(scope="session", params=_CASES)
def synthesized(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Synthesized:
    return synthesize(_CASES[request.param], tmp_path_factory.mktemp("assembly"))


@pytest.fixture(scope="session")
def in_the_college(tmp_path_factory: pytest.TempPathFactory) -> Synthesized:
    return synthesize(_IN_THE_COLLEGE, tmp_path_factory.mktemp("assembly"))
