"""What ops should know of a stage for AWS that is deployed all the same."""

from collections.abc import Iterator

from infra.stages.stage import Stage


def warnings(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield each warning's name and sentence."""
    if stage.name == "local":
        return
    for name, is_missing, why in (
        ("account", not stage.account, "the credentials of any account can deploy the stage"),
        (
            "database_ca",
            not stage.database_ca,
            "the functions do not verify the server that they send the password to",
        ),
        ("alarm_emails", not stage.alarm_emails, "no person hears of an alarm"),
        (
            "spend_limit_usd",
            stage.spend_limit_usd is None,
            "SNS drops texts silently once the month's money is spent, and no alarm says so",
        ),
        (
            "attendance_line",
            stage.attendance_line_is_fictional,
            f"the link's pages tell parents to ring {stage.attendance_line}, which is fictional",
        ),
        ("mail_to", not stage.mail_to, "staff get no mail about the day's absent students"),
        (
            "network",
            stage.network and stage.mail_to,
            "its subnets need a way to SES's API for the mails, such as a NAT",
        ),
        (
            "runbooks",
            not stage.runbooks.startswith("https://"),
            "a mail about an alarm names its page without the page's web address",
        ),
    ):
        if is_missing:
            yield name.replace("_", "-"), f"Set {name} of stage {stage.name}: {why}."
