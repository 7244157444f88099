"""A stage: everything in which one deployment differs from another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk.aws_logs import RetentionDays

from absence_texts.settings import StageName
from db.grants import MIGRATOR
from infra.monitoring.watched_database import WatchedDatabase
from infra.stages.architecture import Architecture
from infra.stages.college_network import CollegeNetwork
from infra.stages.link_domain import LinkDomain
from infra.stages.trial_database import TrialDatabase

# Ofcom keeps 01632 960000 to 960999 for drama: no real telephone rings.
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_FICTIONAL_LINES = "01632 960"


class StageRefusedError(Exception):
    """A stage that makes no sense, in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One deployment's values; account and region are those of the credentials."""

    name: StageName
    """Part of the stack's name; the functions refuse test settings by it."""
    architecture: Architecture
    """What the functions run on, and what the layer's wheels are for."""
    schedule: str
    """When detection runs: a Scheduler expression, read in the college's time zone."""
    database_secret_name: str
    """The Secrets Manager secret that ops create before the first deployment."""
    function_secret_names: Mapping[str, str] = field(default_factory=dict)
    """The secrets of functions, by their packages, that have database users of their own; the
    others use the one above."""
    migrates_on_deploy: bool = True
    """Whether a deployment applies our new migrations. Where the college lets people alone change
    tables it does not: then it fails as long as one is not applied."""
    database_ca: str | None = None
    """The file with the authority of the database server's certificate, from this repository's
    root. Without one the connection is encrypted if the server can, and the server not verified."""
    portal_address: str
    """The portal's scheme and host. It passes the link's pages on to our API: its session cookie
    comes along to its own host only."""
    college_name: str
    """As parents know it, on our own pages."""
    attendance_line: str
    """The telephone number that our own pages give."""
    sender_id: str
    """Whom a phone shows as the sender: up to 11 letters, digits or hyphens."""
    college_time_zone: str = "Europe/London"
    """The zone of the college's timetable, and of the schedule."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Any other setting of the functions, by its field's name, that differs from its default;
    it goes to each function that has it."""
    network: CollegeNetwork | None = None
    """The VPC to run in, when the database is reachable only there."""
    trial_database: TrialDatabase | None = None
    """A new database in a new VPC, where the college has none to offer; its secrets are made with
    it, by the names above. Goes without `network`."""
    watched_database: WatchedDatabase | None = None
    """The college's own instance of RDS, when ops are to hear of its connections."""
    sets_sms_account: bool = True
    """Whether it sets SNS's SMS settings of the account and region, and makes their log groups.
    A second stage in the same account and region leaves them to the first."""
    spend_limit_usd: int | None = None
    """What texts may cost a month, up to the account's quota; none leaves SNS's limit as it is."""
    link_domain: LinkDomain | None = None
    """An address of the link's own, when the portal does not pass its pages on."""
    texts_per_second: int = 20
    """The account's quota of SNS SMS messages a second."""
    sender_timeout_seconds: int = 60
    """For ten texts. Below the five minutes after which a claim counts as abandoned."""
    tries: int = 5
    """How often a job is received before it goes to the dead-letter queue."""
    log_retention: RetentionDays = RetentionDays.THREE_MONTHS
    """Of every log group."""
    watches_shares: bool = True
    """Whether ops are told of shares of failed texts; MiniStack has no metric math."""
    alarm_emails: tuple[str, ...] = ()
    """Who is told when an alarm goes off; each confirms a mail from AWS once."""
    runbooks: str = "docs/operations/runbooks"
    """Where an alarm says that its page is: in this repository, or the address of that directory
    on the web."""
    accept_fictional_mobiles: bool = False
    """Whether Ofcom's numbers for drama are texted, as test stages do."""
    clock_offset_seconds: int = 0
    """Shifts the clock of the local stage, so that a college day can be played at any hour."""
    termination_protection: bool = True
    """Whether the stack refuses to be deleted until this is turned off."""

    def secret_name(self, package: str) -> str:
        return self.own_secret_names.get(package, self.database_secret_name)

    @property
    def own_secret_names(self) -> Mapping[str, str]:
        """Those of the functions whose users are there when they are first called.

        In a trial's new database that is its owner alone when the migrations make our tables.
        """
        names = dict(self.function_secret_names)
        if self.trial_database:
            names.pop(MIGRATOR, None)
        return names

    @property
    def link_address(self) -> str:
        domain = self.link_domain
        address = f"https://{domain.name}" if domain else self.portal_address
        return f"{address}/recordabsencelink.aspx"

    @property
    def attendance_line_is_fictional(self) -> bool:
        return self.attendance_line.startswith(_FICTIONAL_LINES)
