"""The parts of a deployed stage around its database: job queues, sending switch and alarms."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from absence_texts.parameter_store import Sending, Switch, read_switch
from ops.stage_alarms import StageAlarms
from record_delivery.sns_delivery_log import delivered_group

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_ssm import SSMClient


@dataclass(frozen=True, kw_only=True)
class Service:
    ssm: "SSMClient"
    sqs: "SQSClient"
    logs: "CloudWatchLogsClient"
    sending_parameter: str
    queue_address: str
    alarms: StageAlarms

    @property
    def dead_letters_address(self) -> str:
        """Return the queue that SQS moves a job to after too many failures."""
        answer = self.sqs.get_queue_attributes(
            QueueUrl=self.queue_address, AttributeNames=["RedrivePolicy"]
        )
        policy: dict[str, str] = json.loads(answer["Attributes"]["RedrivePolicy"])
        name = policy["deadLetterTargetArn"].rpartition(":")[2]
        return self.sqs.get_queue_url(QueueName=name)["QueueUrl"]

    @property
    def delivery_logs(self) -> str:
        """Return SNS's log group of delivered texts, in the account and region of the queue."""
        account = self.queue_address.rsplit("/", 2)[1]
        return delivered_group(region=self.logs.meta.region_name, account=account)

    def read_switch(self) -> Switch:
        return read_switch(self.ssm, self.sending_parameter)

    def switch_sending(self, to: Sending) -> bool:
        """Set the switch that the functions read; return whether its value changed."""
        name = self.sending_parameter
        before = self.ssm.get_parameter(Name=name)["Parameter"]["Value"]
        if before == to:
            return False
        self.ssm.put_parameter(Name=name, Value=to.value, Overwrite=True)
        return True
