"""The function that sets SNS's SMS attributes, called as CloudFormation calls it."""

import importlib
from collections.abc import Iterator
from types import ModuleType

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from tests.support.cloudformation import CloudFormation, listening
from tests.support.lambda_runtime import Context, Handler

ATTRIBUTES = {"DefaultSMSType": "Transactional", "DefaultSenderID": "College"}
PROPERTIES = {"Attributes": ATTRIBUTES}
REQUEST = {"RequestType": "Create", "ResourceProperties": PROPERTIES}


@pytest.fixture
def cloudformation() -> Iterator[CloudFormation]:
    with listening() as waiting:
        yield waiting


@pytest.fixture
def handler() -> Iterator[Handler]:
    with mock_aws():
        yield importlib.import_module("sms_account.handler").handler


def attributes() -> ModuleType:
    return importlib.import_module("sms_account.attributes")


def set_attributes() -> dict[str, str]:
    return boto3.client("sns").get_sms_attributes()["attributes"]


@pytest.mark.parametrize("request_type", ["Create", "Update"])
def test_a_deployment_sets_the_attributes_and_hears_of_it(
    cloudformation: CloudFormation, handler: Handler, request_type: str
) -> None:
    handler(cloudformation.event(request_type, PROPERTIES), Context())
    assert ATTRIBUTES.items() <= set_attributes().items()
    assert cloudformation.answers == [
        {
            "Status": "SUCCESS",
            "PhysicalResourceId": "sms-account",
            "StackId": "the-stack",
            "RequestId": "the-request",
            "LogicalResourceId": "TheResource",
        }
    ]


def test_the_answer_has_the_empty_content_type_that_its_address_is_signed_for(
    cloudformation: CloudFormation, handler: Handler
) -> None:
    handler(cloudformation.event("Create", PROPERTIES), Context())
    assert cloudformation.content_types == [""]


def test_a_stack_that_is_deleted_leaves_the_account_as_it_is(
    cloudformation: CloudFormation, handler: Handler
) -> None:
    handler(cloudformation.event("Create", PROPERTIES), Context())
    before = set_attributes()
    handler(cloudformation.event("Delete", {"Attributes": {"DefaultSenderID": "x"}}), Context())
    assert set_attributes() == before
    assert [answer["Status"] for answer in cloudformation.answers] == ["SUCCESS", "SUCCESS"]


def test_what_sns_refuses_for_a_minute_fails_the_deployment_with_snss_words() -> None:
    sns = boto3.client("sns")
    waited: list[float] = []
    with Stubber(sns) as stubber:
        for _ in range(100):
            stubber.add_client_error("set_sms_attributes", "InvalidParameter", "above your limit")
        outcome = attributes().set_attributes(REQUEST, sns, sleep=waited.append)
    assert outcome["Status"] == "FAILED"
    assert outcome["Reason"].endswith("above your limit")
    assert sum(waited) == attributes().TRIED_FOR_SECONDS


@pytest.mark.parametrize("code", ["AuthorizationError", "InvalidParameter", "AccessDenied"])
def test_a_role_or_a_right_that_iam_has_not_spread_yet_is_waited_for(code: str) -> None:
    sns = boto3.client("sns")
    waited: list[float] = []
    with Stubber(sns) as stubber:
        for _ in range(2):
            stubber.add_client_error("set_sms_attributes", code, "is not authorized")
        stubber.add_response("set_sms_attributes", {}, {"attributes": ATTRIBUTES})
        outcome = attributes().set_attributes(REQUEST, sns, sleep=waited.append)
        stubber.assert_no_pending_responses()
    assert outcome == {"Status": "SUCCESS"}
    assert len(waited) == 2


def test_the_attributes_are_sent_as_the_template_has_them() -> None:
    sns = boto3.client("sns")
    with Stubber(sns) as stubber:
        stubber.add_response("set_sms_attributes", {}, {"attributes": ATTRIBUTES})
        outcome = attributes().set_attributes(REQUEST, sns)
        stubber.assert_no_pending_responses()
    assert outcome == {"Status": "SUCCESS"}
