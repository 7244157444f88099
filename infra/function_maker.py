"""Makes the stage's functions: the same layers, network, retention and counts for each."""

from collections.abc import Sequence
from pathlib import Path

from constructs import Construct

from infra.common_layer import CommonLayer
from infra.counts import Counts
from infra.database_ca import DatabaseCa
from infra.function_network import FunctionNetwork, beside, in_the_college
from infra.function_settings import function_environment
from infra.new_database import NewDatabase
from infra.python_function import PythonFunction
from infra.repository import ROOT
from infra.stages import Stage
from infra.watched_database import WatchedDatabase


class FunctionMaker:
    def __init__(self, scope: Construct, *, stage: Stage, counts: Counts) -> None:
        self._scope = scope
        self._stage = stage
        self._counts = counts
        self.layer = CommonLayer(scope, "Layer", architecture=stage.architecture)
        self._further_layers = []
        if stage.database_ca:
            ca = DatabaseCa(scope, "DatabaseCa", certificates=ROOT / stage.database_ca)
            self._further_layers.append(ca.version)
        self.new_database = _new_database(scope, stage)
        self._network = self._place()

    @property
    def watched_database(self) -> WatchedDatabase | None:
        return self.new_database.watched if self.new_database else self._stage.watched_database

    def _place(self) -> FunctionNetwork | None:
        if self.new_database:
            return beside(self._scope, self.new_database)
        network = self._stage.network
        return in_the_college(self._scope, network) if network else None

    def make(
        self,
        package: str,
        *,
        timeout_seconds: int,
        concurrency: int | None = None,
        starts_from_snapshot: bool = False,
        packed_with: Sequence[Path] = (),
        **made_by_stack: str,
    ) -> PythonFunction:
        part = PythonFunction(
            self._scope,
            package.title().replace("_", ""),
            package=package,
            packed_with=packed_with,
            layer=self.layer,
            further_layers=self._further_layers,
            environment=function_environment(package, self._stage, **made_by_stack)
            | self._counts.environment,
            timeout_seconds=timeout_seconds,
            log_retention=self._stage.log_retention,
            network=self._network,
            concurrency=concurrency,
            starts_from_snapshot=starts_from_snapshot,
        )
        if self.new_database:
            # With what may call a function, and its first call may need the database.
            part.node.add_dependency(self.new_database)
        return part


def _new_database(scope: Construct, stage: Stage) -> NewDatabase | None:
    if not stage.trial_database:
        return None
    return NewDatabase(
        scope,
        "Database",
        values=stage.trial_database,
        owner_secret=stage.database_secret_name,
        user_secrets=stage.own_secret_names.items(),
        protected=stage.termination_protection,
    )
