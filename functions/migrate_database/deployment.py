"""Migrates the database for a deployment, or fails the deployment and says why."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pymysql
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError

from absence_texts.custom_resource import SUCCESS, Outcome, failed
from absence_texts.database import SecretError, Timeouts
from absence_texts.parameter_store import open_database
from db.migrate import (
    MIGRATIONS,
    MigrationError,
    check_applied,
    migrate,
    read_migrations,
    said_by_server,
)
from migrate_database.request import MigrationRequest, is_rollback
from migrate_database.settings import MigrateDatabaseSettings

# Less than the function's own 15 minutes, so that a slow migration still gets a clear answer.
_MIGRATION_TIMEOUTS = Timeouts(read=14 * 60)


def migrate_for(event: Mapping[str, Any], logger: Logger, directory: Path = MIGRATIONS) -> Outcome:
    """Return the answer for CloudFormation, which would wait an hour if this raised."""
    if event["RequestType"] == "Delete" or is_rollback(event):
        return SUCCESS
    try:
        _bring_up_to_date(event, MigrateDatabaseSettings(), directory)
    except (MigrationError, SecretError, GetParameterError) as error:
        return failed(str(error))
    except pymysql.MySQLError as error:
        return failed(f"The migrations could not use the database: {said_by_server(error)}")
    except Exception as error:
        logger.exception("migrations failed unexpectedly")
        return failed(f"The migrations failed with {type(error).__name__}: see the function's log.")
    return SUCCESS


def _bring_up_to_date(
    event: Mapping[str, Any], settings: MigrateDatabaseSettings, directory: Path
) -> None:
    ours = MigrationRequest.for_release(settings.database_secret_id, read_migrations(directory))
    if MigrationRequest.from_properties(event["ResourceProperties"]) != ours:
        # CloudFormation undoes an update that failed, and will replace this code as well.
        return
    # Not eager, so that the server refuses a file of two statements.
    with open_database(settings, timeouts=_MIGRATION_TIMEOUTS, eager=False) as database:
        if settings.migrates_on_deploy:
            migrate(database, directory)
        else:
            check_applied(database, directory)
