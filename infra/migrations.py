"""Our migrations. A deployment applies them before it changes the functions."""

from aws_cdk import CustomResource, Duration
from constructs import Construct

from db.migrate import read_migrations
from infra.functions.python_function import PythonFunction
from migrate_database.request import MigrationRequest

MIGRATOR_TIMEOUT_SECONDS = 15 * 60
"""Lambda's maximum. Before the deployment, ops apply longer ones by `python -m ops migrate`."""
# A run that is cut off, the minute that Lambda waits, and a second run, which says why.
_ANSWERED_WITHIN = Duration.seconds(MIGRATOR_TIMEOUT_SECONDS + 5 * 60)


class Migrations(Construct):
    """When a migration fails, CloudFormation leaves everything that depends on this as it was."""

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
        # The migrator includes its role's policies.
        applied.node.add_dependency(migrator)
