"""Our migrations, applied by a deployment before it changes what uses the tables."""

from aws_cdk import CustomResource, Duration
from constructs import Construct

from db.migrate import read_migrations
from infra.functions.python_function import PythonFunction
from migrate_database.request import MigrationRequest

MIGRATOR_TIMEOUT_SECONDS = 15 * 60
"""Lambda's longest. What takes longer is run beforehand, by `python -m ops migrate`."""
# One run that is cut off, the minute that Lambda waits, and the second run, which tells why.
_ANSWERED_WITHIN = Duration.seconds(MIGRATOR_TIMEOUT_SECONDS + 5 * 60)


class Migrations(Construct):
    """Whatever depends on this is left as it was when a migration fails."""

    def __init__(
        self, scope: Construct, construct_id: str, *, migrator: PythonFunction, database_secret: str
    ) -> None:
        super().__init__(scope, construct_id)
        wanted = MigrationRequest.for_release(database_secret, read_migrations())
        applied = CustomResource(
            self,
            "Applied",
            service_token=migrator.function.function_arn,
            resource_type="Custom::Migrations",
            service_timeout=_ANSWERED_WITHIN,
            properties=wanted.properties,
        )
        # Its role's policies, too.
        applied.node.add_dependency(migrator)
