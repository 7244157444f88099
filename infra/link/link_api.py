"""The HTTP API of the link in the text. Every request goes to the redirect.

A rule calls the redirect each hour: Lambda deletes the snapshot of a version that was not called
for 14 days, and refuses the next call, which would be a parent's on the first of September.
https://docs.aws.amazon.com/lambda/latest/dg/snapstart-troubleshooting.html
"""

import json

from aws_cdk import Duration, Stack
from aws_cdk.aws_apigatewayv2 import CfnApiMapping, CfnStage, DomainName, HttpApi
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from aws_cdk.aws_certificatemanager import Certificate
from aws_cdk.aws_events import Rule, RuleTargetInput, Schedule
from aws_cdk.aws_events_targets import LambdaFunction
from aws_cdk.aws_lambda import IFunction
from constructs import Construct

from infra.functions.log_group import make_log_group
from infra.stages.log_retention import LogRetention
from infra.stages.stage import LinkDomain

TAP = {"rawPath": "/a", "requestContext": {"http": {"method": "HEAD"}}}
"""Without a cookie it leads to the login page, and asks nothing of the database."""
# Neither cookies nor query strings nor people's own addresses.
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
_LOGGED = (
    "requestId",
    "requestTime",
    "httpMethod",
    "path",
    "status",
    "responseLatency",
    "integrationErrorMessage",
)


class LinkApi(Construct):
    def __init__(  # noqa: PLR0913 (all by keyword)
        self,
        scope: Construct,
        construct_id: str,
        *,
        function: IFunction,
        requests_per_second: int,
        burst: int,
        log_retention: LogRetention,
        domain: LinkDomain | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        # The default route, because the redirect has a page for a wrong path or method.
        self.api = HttpApi(
            self,
            "Api",
            api_name=Stack.of(self).stack_name,
            create_default_stage=False,
            default_integration=HttpLambdaIntegration("Redirect", function),
        )
        logs = make_log_group(self, "AccessLogs", retention=log_retention)
        stage = CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            default_route_settings=CfnStage.RouteSettingsProperty(
                throttling_rate_limit=requests_per_second, throttling_burst_limit=burst
            ),
            access_log_settings=CfnStage.AccessLogSettingsProperty(
                destination_arn=logs.log_group_arn,
                format=json.dumps({name: f"$context.{name}" for name in _LOGGED}),
            ),
        )
        self._keep_ready(function)
        self.domain = self._answer_at(domain, stage) if domain else None

    def _keep_ready(self, function: IFunction) -> None:
        tap = LambdaFunction(function, event=RuleTargetInput.from_object(TAP))
        Rule(self, "KeptReady", schedule=Schedule.rate(Duration.hours(1)), targets=[tap])

    def _answer_at(self, domain: LinkDomain, stage: CfnStage) -> DomainName:
        made = DomainName(
            self,
            "Domain",
            domain_name=domain.name,
            certificate=Certificate.from_certificate_arn(
                self, "Certificate", domain.certificate_arn
            ),
        )
        mapping = CfnApiMapping(
            self, "Mapping", api_id=self.api.api_id, domain_name=made.name, stage="$default"
        )
        mapping.add_resource_dependency(stage)
        return made
