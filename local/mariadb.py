"""MariaDB's server, from Debian's packages."""

from pathlib import Path

from local.programs import program
from local.server_product import ServerProduct


def _initialise(data: Path) -> list[str]:
    return [
        program("mariadb-install-db"),
        "--no-defaults",
        f"--datadir={data}",
        "--skip-test-db",
        "--skip-name-resolve",
        "--auth-root-authentication-method=socket",
    ]


PRODUCT = ServerProduct(
    name="MariaDB",
    program=lambda: [program("mariadbd")],
    initialise=_initialise,
    options=lambda _data: ["--character-set-server=utf8mb4", "--skip-innodb-doublewrite"],
)
