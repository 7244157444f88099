"""MySQL's server: the program that MYSQLD names, or the unpacked packages of Debian unstable."""

import os
from pathlib import Path

from local.mysql_packages import unpacked_server
from local.server_product import ServerProduct


def _program() -> list[str]:
    named = os.environ.get("MYSQLD")
    return [named] if named else unpacked_server()


def _initialise(data: Path) -> list[str]:
    return [*_program(), "--no-defaults", "--initialize-insecure", f"--datadir={data}"]


def _options(data: Path) -> list[str]:
    return [
        f"--pid-file={data / 'mysqld.pid'}",
        # The package's own directory for files is not on this machine.
        "--secure-file-priv=NULL",
        "--mysqlx=OFF",
        "--innodb-doublewrite=OFF",
        "--skip-log-bin",
    ]


PRODUCT = ServerProduct(name="MySQL", program=_program, initialise=_initialise, options=_options)
