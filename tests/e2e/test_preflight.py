"""`preflight` asks the local stack's account, as far as MiniStack has the services."""

from dataclasses import replace
from functools import partial

from infra.stages.values import LOCAL
from local import ministack
from local.database_users import keep_secrets
from local.environment import ACCOUNT
from ops.preflight.answer import Sign
from ops.preflight.command import answers_of
from ops.preflight.database_secrets import secret_names
from tests.e2e.deployed import Deployed


def test_a_deployed_stage_is_right_as_far_as_ministack_answers(deployed: Deployed) -> None:
    address = deployed.stack.ministack_address
    keep_secrets(address, {LOCAL.database_secret_name: deployed.stack.credentials})
    client = partial(ministack.session().client, endpoint_url=address)
    found = {each.subject: each for each in answers_of(replace(LOCAL, account=ACCOUNT), client)}
    right = {"credentials", "stack", "bootstrap", "delivery logs"}
    right |= {f"secret {name}" for name in secret_names(LOCAL)}
    assert {subject for subject in right if found[subject].sign is not Sign.RIGHT} == set()
    assert "without TLS" in found["database"].says
