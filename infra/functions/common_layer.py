"""The layer of all functions."""

from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import AssetHashType
from aws_cdk.aws_lambda import Architecture as LambdaArchitecture
from aws_cdk.aws_lambda import Code, LayerVersion, Runtime
from constructs import Construct

from infra.functions.layer_build import build_layer, layer_hash
from infra.stages.architecture import Architecture

_ARCHITECTURES = {
    Architecture.ARM64: LambdaArchitecture.ARM_64,
    Architecture.X86_64: LambdaArchitecture.X86_64,
}


class CommonLayer(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, architecture: Architecture) -> None:
        super().__init__(scope, construct_id)
        self.architecture = _ARCHITECTURES[architecture]
        # CDK copies the directory at once, and with this hash it does not read every file again.
        with TemporaryDirectory() as directory:
            build_layer(Path(directory), architecture)
            self.version = LayerVersion(
                self,
                "Version",
                code=Code.from_asset(
                    directory,
                    asset_hash=layer_hash(architecture),
                    asset_hash_type=AssetHashType.CUSTOM,
                ),
                compatible_runtimes=[Runtime.PYTHON_3_13],
                compatible_architectures=[self.architecture],
            )
