"""`doctor --prove`: every statement of the service, played on the college's own server."""

from collections.abc import Iterator

from pymysql import MySQLError

from absence_texts.database import Database
from db.migrate import MigrationError, said_by_server
from ops.context import OpenSchema
from ops.doctor.finding import Finding
from ops.doctor.proof.day import ProofDay
from ops.doctor.proof.outcome import UnexpectedOutcomeError
from ops.doctor.proof.scratch_schema import NoScratchSchemaError, scratch_schema
from ops.doctor.proof.statement_log import StatementLog
from ops.doctor.proof.steps import STEPS


def prove(owner: Database, open_schema: OpenSchema, log: StatementLog) -> Iterator[Finding]:
    """Play the day on tables and again on views; a college may have either.

    The statements go to `log`. A day ends at its first failure.
    """
    try:
        for college_has_views in (False, True):
            with scratch_schema(owner, open_schema, log) as schema:
                yield from _play(ProofDay(schema, college_has_views), log)
    except NoScratchSchemaError as error:
        yield Finding("scratch schema", str(error))


def _play(day: ProofDay, log: StatementLog) -> Iterator[Finding]:
    tables = "views" if day.college_has_views else "tables"
    for name, step in STEPS.items():
        log.refused.clear()
        try:
            step(day)
        except (MySQLError, MigrationError, UnexpectedOutcomeError) as error:
            words = said_by_server(error) if isinstance(error, MySQLError) else str(error)
            statement = f" The statement: {log.refused[-1]}" if log.refused else ""
            yield Finding(f"proof, {name} ({tables})", f"{words}{statement}")
            return
