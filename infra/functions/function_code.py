"""A function's package, with others that it imports network_of_new_database it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, ignore_patterns
from tempfile import TemporaryDirectory

from aws_cdk.aws_lambda import Code

# db/source is the college's tables, for local use.
_LEFT_OUT = ignore_patterns("__pycache__", "source")


@contextmanager
def packed(packages: Sequence[Path]) -> Iterator[Code]:
    """Yield the code, until a function has been made of it: CDK copies it then."""
    with TemporaryDirectory() as directory:
        for package in packages:
            copytree(package, Path(directory, package.name), ignore=_LEFT_OUT)
        yield Code.from_asset(directory)
