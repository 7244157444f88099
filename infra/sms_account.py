"""SNS's SMS settings. An account has one set of them in each region."""

from collections.abc import Mapping

from aws_cdk import CustomResource, Duration
from aws_cdk.aws_iam import Role, ServicePrincipal
from constructs import Construct

from infra.delivery_logs import DeliveryLogs
from infra.functions.common_layer import CommonLayer
from infra.functions.python_function import FunctionProperties, PythonFunction
from infra.permissions import may_set_sms_attributes
from infra.stages.log_retention import LogRetention

_ALL_PERCENT = "100"


class SmsAccount(Construct):
    """https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html."""

    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        layer: CommonLayer,
        log_retention: LogRetention,
        logs: DeliveryLogs,
        sender_id: str,
        spend_limit_usd: int | None,
    ) -> None:
        super().__init__(scope, construct_id)
        self._role = Role(self, "LogWriter", assumed_by=ServicePrincipal("sns.amazonaws.com"))
        logs.grant_write(self._role)
        # It runs outside the college's network, because it calls only SNS and CloudFormation.
        self.setter = PythonFunction(
            self,
            "Setter",
            FunctionProperties(
                package="sms_account",
                layer=layer,
                environment={},
                timeout_seconds=60,
                log_retention=log_retention,
            ),
        )
        for statement in may_set_sms_attributes(self._role):
            self.setter.role.add_to_policy(statement)
        attributes = CustomResource(
            self,
            "Attributes",
            service_token=self.setter.function.function_arn,
            resource_type="Custom::SmsAttributes",
            service_timeout=Duration.minutes(5),
            properties={"Attributes": self._attributes(sender_id, spend_limit_usd)},
        )
        # The setter needs its permissions first, and SNS needs its role's before it gets the role.
        attributes.node.add_dependency(self.setter, self._role)

    def _attributes(self, sender_id: str, spend_limit_usd: int | None) -> Mapping[str, str]:
        limit = {} if spend_limit_usd is None else {"MonthlySpendLimit": str(spend_limit_usd)}
        return limit | {
            "DefaultSMSType": "Transactional",
            "DefaultSenderID": sender_id,
            "DeliveryStatusIAMRole": self._role.role_arn,
            "DeliveryStatusSuccessSamplingRate": _ALL_PERCENT,
        }
