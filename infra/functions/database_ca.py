"""The certificate authority of the database's server, as a layer for the functions."""

from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from aws_cdk.aws_lambda import Code, LayerVersion
from constructs import Construct

from infra.functions.packing import make_readable
from infra.functions.settings import DATABASE_CA_AT_RUN_TIME

_FILE = Path(DATABASE_CA_AT_RUN_TIME).name


class DatabaseCa(Construct):
    def __init__(self, scope: Construct, construct_id: str, *, certificates: Path) -> None:
        super().__init__(scope, construct_id)
        with TemporaryDirectory() as directory:
            copy(certificates, Path(directory, _FILE))
            make_readable(Path(directory))
            self.version = LayerVersion(self, "Version", code=Code.from_asset(directory))
