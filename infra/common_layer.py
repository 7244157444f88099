"""The layer of all functions."""

from aws_cdk import AssetHashType
from aws_cdk.aws_lambda import Architecture as LambdaArchitecture
from aws_cdk.aws_lambda import Code, LayerVersion, Runtime
from constructs import Construct

from infra.architecture import Architecture
from infra.layer_directory import layer_directory

_ARCHITECTURES = {
    Architecture.ARM64: LambdaArchitecture.ARM_64,
    Architecture.X86_64: LambdaArchitecture.X86_64,
}


class CommonLayer(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, architecture: Architecture) -> None:
        super().__init__(scope, construct_id)
        self.architecture = _ARCHITECTURES[architecture]
        directory = layer_directory(architecture)
        self.version = LayerVersion(
            self,
            "Version",
            code=Code.from_asset(
                str(directory), asset_hash=directory.name, asset_hash_type=AssetHashType.CUSTOM
            ),
            compatible_runtimes=[Runtime.PYTHON_3_13],
            compatible_architectures=[self.architecture],
        )
