"""A stage: everything in which one deployment differs from another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from absence_texts.settings import StageName
from db.grants import MIGRATOR
from infra.stages.architecture import Architecture
from infra.stages.log_retention import LogRetention
from infra.stages.watched_database import WatchedDatabase

# Ofcom keeps 01632 960000 to 960999 for drama: no real telephone rings.
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_FICTIONAL_LINES = "01632 960"
_LONGEST_RUN_SECONDS = 120
_BETWEEN_RUNS_SECONDS = 5
# A sender sends one text after the other, and SNS may take a quarter of a second for each.
_TEXTS_PER_SECOND_AND_SENDER = 4
# Lambda takes no smaller maximum for a queue.
_FEWEST_SENDERS = 2


class StageRefusedError(Exception):
    """A stage that makes no sense. The message says why in one sentence."""


@dataclass(frozen=True, kw_only=True)
class CollegeNetwork:
    """The college's own VPC. The stack looks nothing up in it, and adds one rule to it."""

    vpc_id: str
    availability_zones: tuple[str, ...]
    """One for each private subnet, in the same order."""
    private_subnet_ids: tuple[str, ...]
    """The college gives them a route to SQS, SNS, SSM and Secrets Manager: a NAT or endpoints."""
    database_security_group_id: str
    """Gets one rule: the functions may reach the database's port."""
    database_port: int = 3306


@dataclass(frozen=True, kw_only=True)
class TrialDatabase:
    """RDS for MySQL in a new VPC, with a NAT gateway for the functions."""

    instance_type: str = "t4g.micro"
    """A class of RDS, without `db.`. The smallest class is enough for a few volunteers."""
    connections: int = 75
    """The server's maximum. It needs about 13 MB of memory for each."""
    storage_gb: int = 20
    """Of gp3, which starts at 20."""
    backup_days: int = 7
    """How many days back the database can be restored to any second."""


@dataclass(frozen=True, kw_only=True)
class LinkDomain:
    """An address for the link alone. The college makes its certificate and its DNS record."""

    name: str
    """Below the portal's own domain, so that browsers send the portal's session cookie."""
    certificate_arn: str
    """An issued certificate of ACM, in the stack's region."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The values of one deployment."""

    name: StageName
    """Part of the stack's name. The functions refuse the settings of tests in stage live."""
    architecture: Architecture
    """The processor that the functions run on, and that the layer's wheels are for."""
    region: str = "eu-west-2"
    """The AWS region that the stage is deployed to."""
    account: str | None = None
    """The AWS account that the stage is deployed to, by its 12 digits. If there is none, the
    credentials decide."""
    minutes_between_runs: int
    """How often detection runs."""
    database_secret_name: str
    """The Secrets Manager secret of the database's owner."""
    function_secret_names: Mapping[str, str] = field(default_factory=dict)
    """The secret of each function that has a database user of its own, by the function's package.
    The other functions use the owner's secret."""
    migrates_on_deploy: bool = True
    """Whether a deployment applies new migrations. If not, people apply them, and a deployment
    fails until they have."""
    database_ca: str | None = None
    """The file with the certificate authority of the database's server, from this repository's
    root. If there is none, the connection is encrypted but the server is not verified."""
    portal_address: str
    """The portal's scheme and host. The portal passes the link's pages on to our API, because
    browsers send its session cookie to its own host only."""
    college_name: str
    """As parents know it, on our own pages."""
    attendance_line: str
    """The telephone number that our own pages give."""
    sender_id: str
    """The sender that a phone shows: up to 11 letters, digits or hyphens."""
    college_time_zone: str = "Europe/London"
    """The zone of the college's timetable and of the schedule."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Any other setting of the functions that differs from its default, by the setting's name.
    Each function that has the setting gets it."""
    network: CollegeNetwork | None = None
    """The VPC to run in, if the database is reachable only there."""
    trial_database: TrialDatabase | None = None
    """A new database in a new VPC, for a college that offers none. The stack makes its secrets,
    under the names above. It excludes `network`."""
    watched_database: WatchedDatabase | None = None
    """The college's RDS instance, if ops want an alarm about its connections."""
    sets_sms_account: bool = True
    """Whether the stage sets SNS's SMS settings of the account and region, and makes their log
    groups. A second stage in the same account and region leaves them to the first."""
    spend_limit_usd: int | None = None
    """The most that texts may cost in a month, up to the account's quota. If there is none, the
    deployment leaves SNS's own limit as it is."""
    link_domain: LinkDomain | None = None
    """An address for the link alone, if the portal does not pass its pages on."""
    texts_per_second: int = 20
    """The account's quota of SNS SMS messages a second."""
    sender_timeout_seconds: int = 60
    """The sender function's time-out, for a batch of ten texts."""
    tries: int = 5
    """How often a job is received before it goes to the dead-letter queue."""
    log_retention: LogRetention = LogRetention.THREE_MONTHS
    """Of every log group but SNS's own."""
    watches_shares: bool = True
    """Whether there are alarms on the share of failed texts. MiniStack has no metric math."""
    mail_to: tuple[str, ...] = ()
    """Who gets a mail about the day's absent students, such as the attendance office. If nobody
    does, the stage has no function and no schedule for it."""
    mail_from: str | None = None
    """The address that those mails come from. SES must have verified it, or its domain."""
    mail_times: tuple[str, ...] = ("11:45", "15:30")
    """When those mails are due: the college's time."""
    alarm_emails: tuple[str, ...] = ()
    """Who gets a mail when an alarm goes off. Each confirms a mail from AWS once."""
    runbooks: str = "docs/operations/runbooks"
    """Where an alarm says that its page is: a path in this repository, or its web address."""
    accept_fictional_mobiles: bool = False
    """Whether Ofcom's numbers for drama are texted, as they are in tests."""
    clock_offset_seconds: int = 0
    """Shifts the local stage's clock, so that a college day can be played at any hour."""
    termination_protection: bool = True
    """Whether the stack refuses to be deleted until this is turned off."""

    @property
    def stack_name(self) -> str:
        return f"AbsenceTexts-{self.name}"

    @property
    def schedule(self) -> str:
        """The schedule as EventBridge Scheduler writes it."""
        minutes = self.minutes_between_runs
        # Runs fall on the clock's full minutes, as the ends of lessons do.
        return "rate(1 minute)" if minutes == 1 else f"cron(0/{minutes} * * * ? *)"

    @property
    def detection_timeout_seconds(self) -> int:
        """The time-out of a run, which must end before the next run is due."""
        return min(_LONGEST_RUN_SECONDS, self.minutes_between_runs * 60 - _BETWEEN_RUNS_SECONDS)

    @property
    def reserved_concurrency(self) -> int:
        """The functions' concurrency that the stage reserves: one run, and the senders."""
        return 1 + senders_at_once(self.texts_per_second)

    def secret_name(self, package: str) -> str:
        return self.own_secret_names.get(package, self.database_secret_name)

    @property
    def own_secret_names(self) -> Mapping[str, str]:
        """The secrets of the functions whose database users exist when they are first called.

        In a trial's new database only its owner exists when the migrations make our tables.
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


def senders_at_once(texts_per_second: int) -> int:
    """Return how many senders the account's rate of texts keeps busy."""
    return max(_FEWEST_SENDERS, texts_per_second // _TEXTS_PER_SECOND_AND_SENDER)
