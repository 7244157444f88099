"""Texts by Amazon SNS: one attempt for each, and what each failure means for its text."""

from decimal import Decimal
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
)

from send_sms.settings import SendSmsSettings
from send_sms.sms import PublishError, Verdict

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

# SNS has no idempotency key, and botocore's own retries would send again after a read time-out.
ONE_ATTEMPT = Config(
    connect_timeout=2, read_timeout=6, retries={"total_max_attempts": 1, "mode": "standard"}
)
# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html#API_Publish_Errors
# https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
VERDICTS = {
    "Throttled": Verdict.NOT_SENT,
    "Throttling": Verdict.NOT_SENT,
    "ThrottlingException": Verdict.NOT_SENT,
    "TooManyRequestsException": Verdict.NOT_SENT,
    "RequestLimitExceeded": Verdict.NOT_SENT,
    "AuthorizationError": Verdict.NOT_SENT,
    "AccessDenied": Verdict.NOT_SENT,
    "AccessDeniedException": Verdict.NOT_SENT,
    "ExpiredToken": Verdict.NOT_SENT,
    "ExpiredTokenException": Verdict.NOT_SENT,
    "IncompleteSignature": Verdict.NOT_SENT,
    "InvalidClientTokenId": Verdict.NOT_SENT,
    "InvalidSecurity": Verdict.NOT_SENT,
    "MissingAuthenticationToken": Verdict.NOT_SENT,
    "RequestExpired": Verdict.NOT_SENT,
    "SignatureDoesNotMatch": Verdict.NOT_SENT,
    "UnrecognizedClientException": Verdict.NOT_SENT,
    "InvalidParameter": Verdict.REFUSED,
    "InvalidParameterValue": Verdict.REFUSED,
    "ValidationException": Verdict.REFUSED,
    "OptedOut": Verdict.REFUSED,
    "UserError": Verdict.REFUSED,
}
# EndpointConnectionError is a refused connection or a name that DNS does not know.
_NEVER_LEFT = (
    ConnectTimeoutError,
    CredentialRetrievalError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
)


def make_sns_client(
    config: Config = ONE_ATTEMPT, *, endpoint_url: str | None = None
) -> "SNSClient":
    return boto3.client("sns", config=config, endpoint_url=endpoint_url)


def make_publisher(settings: SendSmsSettings) -> "SnsPublisher":
    return SnsPublisher(
        make_sns_client(), sender_id=settings.sender_id, max_price_usd=settings.max_price_usd
    )


class SnsPublisher:
    def __init__(self, sns: "SNSClient", *, sender_id: str, max_price_usd: Decimal) -> None:
        self._sns = sns
        self._attributes: dict[str, MessageAttributeValueTypeDef] = {
            "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
            "AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": sender_id},
            "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": str(max_price_usd)},
        }

    def close_idle_connections(self) -> None:
        """Close the connections that an earlier invocation left open.

        A NAT gateway forgets a connection after 350 idle seconds. A text on such a connection would
        be in doubt.
        https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
        """
        self._sns.close()

    def publish(self, mobile: str, message: str) -> str:
        """Send `message` to an E.164 number and return SNS's message id.

        Raises PublishError.

        https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
        """
        try:
            response = self._sns.publish(
                PhoneNumber=mobile,
                Message=message,
                MessageAttributes=self._attributes,
            )
        except (ClientError, BotoCoreError) as error:
            raise classify(error) from None
        return response["MessageId"]


def classify(error: ClientError | BotoCoreError) -> PublishError:
    """Say what a failed publish means: a code that is not in the table leaves the text in doubt."""
    if isinstance(error, ClientError):
        code = error.response["Error"]["Code"]
        return PublishError(VERDICTS.get(code, Verdict.IN_DOUBT), code)
    verdict = Verdict.NOT_SENT if isinstance(error, _NEVER_LEFT) else Verdict.IN_DOUBT
    return PublishError(verdict, type(error).__name__)
