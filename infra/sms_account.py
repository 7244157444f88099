"""SNS's SMS settings. An account has one set of them in each region."""

from aws_cdk import CustomResource, Duration
from aws_cdk.aws_iam import Role, ServicePrincipal
from constructs import Construct

from infra.delivery_logs import DeliveryLogs
from infra.functions.common_layer import CommonLayer
from infra.functions.python_function import FunctionProperties, PythonFunction
from infra.permissions import may_set_sms_attributes
from infra.stages.sms_attributes import sms_attributes
from infra.stages.stage import Stage


class SmsAccount(Construct):
    """The function that sets them in a deployment, and the role by which SNS writes its logs."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        layer: CommonLayer,
        stage: Stage,
        logs: DeliveryLogs,
    ) -> None:
        super().__init__(scope, construct_id)
        self.log_role = Role(self, "LogWriter", assumed_by=ServicePrincipal("sns.amazonaws.com"))
        logs.grant_write(self.log_role)
        # It runs outside the college's network, because it calls only SNS and CloudFormation.
        self.setter = PythonFunction(
            self,
            "Setter",
            FunctionProperties(
                package="sms_account",
                layer=layer,
                environment={},
                # The setter tries for a minute, and each answer of SNS may take some seconds.
                timeout_seconds=3 * 60,
                log_retention=stage.log_retention,
            ),
        )
        for statement in may_set_sms_attributes(self.log_role):
            self.setter.role.add_to_policy(statement)
        attributes = CustomResource(
            self,
            "Attributes",
            service_token=self.setter.function.function_arn,
            resource_type="Custom::SmsAttributes",
            service_timeout=Duration.minutes(5),
            properties={"Attributes": sms_attributes(stage, log_role=self.log_role.role_arn)},
        )
        # The setter needs its permissions first, and SNS needs its role's before it gets the role.
        attributes.node.add_dependency(self.setter, self.log_role)
