"""CloudFormation calls this in a deployment, before it changes any other function."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from absence_texts.custom_resource import answer
from absence_texts.telemetry import make_logger
from migrate_database.deployment import migrate_for

logger = make_logger("migrate_database")


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> None:
    outcome = migrate_for(event, logger)
    logger.info("deployment answered", extra=dict(outcome))
    answer(event, outcome, physical_id="migrations")
