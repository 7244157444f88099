"""Makes the stage's functions, each with the same layers, network, retention and counts."""

from collections.abc import Sequence
from pathlib import Path

from constructs import Construct

from infra.functions.common_layer import CommonLayer
from infra.functions.database_ca import DatabaseCa
from infra.functions.network import FunctionNetwork, college_network_of, network_of_new_database
from infra.functions.python_function import FunctionProperties, PythonFunction
from infra.functions.settings import function_environment
from infra.monitoring.metrics import StageMetrics
from infra.new_database import NewDatabase
from infra.repository import ROOT
from infra.stages.stage import Stage
from infra.stages.watched_database import WatchedDatabase


class FunctionFactory:
    def __init__(self, scope: Construct, *, stage: Stage, counts: StageMetrics) -> None:
        self._scope = scope
        self._stage = stage
        self._counts = counts
        self.layer = CommonLayer(scope, "Layer", architecture=stage.architecture)
        self._further_layers = []
        if stage.database_ca:
            ca = DatabaseCa(scope, "DatabaseCa", certificates=ROOT / stage.database_ca)
            self._further_layers.append(ca.version)
        self.new_database = _new_database(scope, stage)
        self._network = self._choose_network()

    @property
    def watched_database(self) -> WatchedDatabase | None:
        return self.new_database.watched if self.new_database else self._stage.watched_database

    def _choose_network(self) -> FunctionNetwork | None:
        if self.new_database:
            return network_of_new_database(self._scope, self.new_database)
        network = self._stage.network
        return college_network_of(self._scope, network) if network else None

    def make(
        self,
        package: str,
        *,
        timeout_seconds: int,
        concurrency: int | None = None,
        starts_from_snapshot: bool = False,
        further_packages: Sequence[Path] = (),
        **made_by_stack: str,
    ) -> PythonFunction:
        properties = FunctionProperties(
            package=package,
            further_packages=further_packages,
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
        part = PythonFunction(self._scope, package.title().replace("_", ""), properties)
        if self.new_database:
            # The function's first call may need the database.
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
