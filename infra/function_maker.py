"""Makes the stage's functions: the same layers, network, retention and counts for each."""

from constructs import Construct

from infra.common_layer import CommonLayer
from infra.counts import Counts
from infra.database_ca import DatabaseCa
from infra.function_network import FunctionNetwork
from infra.function_settings import function_environment
from infra.python_function import PythonFunction
from infra.repository import ROOT
from infra.stages import Stage


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
        self._network = (
            FunctionNetwork(scope, "Network", college=stage.network) if stage.network else None
        )

    def make(
        self,
        package: str,
        *,
        timeout_seconds: int,
        concurrency: int | None = None,
        starts_from_snapshot: bool = False,
        **made_by_stack: str,
    ) -> PythonFunction:
        return PythonFunction(
            self._scope,
            package.title().replace("_", ""),
            package=package,
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
