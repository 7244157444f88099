"""The database, from where the command runs."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from ssl import SSLCertVerificationError

from pymysql import MySQLError

from absence_texts.database import Credentials, Database, Timeouts, connect, fetch_one
from db.migrate import said_by_server
from infra.repository import ROOT
from ops.deployed_stage import read_secret
from ops.preflight.account import Account, unless_missing
from ops.preflight.answer import Answer, not_known, right, wrong
from ops.server_errors import advice_on
from ops.target import NoTargetError

_NO_WAY = frozenset({2002, 2003, 2005, 2013})
"""https://dev.mysql.com/doc/mysql-errors/8.4/en/client-error-reference.html"""
_SUBJECT = "database"


def ask_database(account: Account) -> Iterator[Answer]:
    stage, secrets = account.stage, account.client("secretsmanager")
    try:
        owner = unless_missing(lambda: read_secret(secrets, stage.database_secret_name))
    except NoTargetError:
        owner = None
    if owner is None:
        yield not_known(_SUBJECT, "can't be asked", "put the owner's secret right first")
        return
    authority = str(ROOT / stage.database_ca) if stage.database_ca else None
    yield try_to_connect(owner, authority)


def try_to_connect(owner: Credentials, authority: str | None) -> Answer:
    if authority and not Path(authority).is_file():
        return wrong(_SUBJECT, f"{authority} is missing", "docs/operations/deploy.md: database_ca")
    return decide_connection(
        lambda: connect(owner, timeouts=Timeouts(), tls_ca=authority), is_verified=bool(authority)
    )


def decide_connection(open_it: Callable[[], Database], *, is_verified: bool) -> Answer:
    try:
        with closing(open_it()) as database:
            found = fetch_one(database, "SHOW SESSION STATUS LIKE 'Ssl_cipher'", {})
    except MySQLError as error:
        return decide_refusal(error)
    if not (found and found["Value"]):
        return not_known(_SUBJECT, "answers without TLS, as only this machine's may", "")
    if not is_verified:
        mend = "docs/decisions/0022-the-databases-certificate.md"
        return wrong(_SUBJECT, "answers over TLS, and its server is not verified", mend)
    return right(_SUBJECT, "answers over TLS, and its server is verified")


def decide_refusal(error: MySQLError) -> Answer:
    says = said_by_server(error)
    refused = isinstance(getattr(error, "original_exception", None), SSLCertVerificationError)
    if error.args and error.args[0] in _NO_WAY and not refused:
        mend = "run preflight where there is a way to the database, as doctor needs one too"
        return not_known(_SUBJECT, f"there is no way to it from here: {says}", mend)
    return wrong(_SUBJECT, says, advice_on(error))
