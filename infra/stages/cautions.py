"""What a stage for AWS can be deployed without, and ops should know they did."""

from collections.abc import Iterator

from infra.stages.stage import Stage


def warnings(stage: Stage) -> Iterator[tuple[str, str]]:
    """Yield each warning's name and sentence."""
    if stage.name == "local":
        return
    if stage.database_ca is None:
        yield (
            "database-ca",
            (
                f"Give stage {stage.name} the database_ca that its database's certificate is of: "
                "the functions would not verify whom they send the password to."
            ),
        )
    if not stage.alarm_emails:
        yield (
            "alarm-emails",
            f"Give stage {stage.name} alarm_emails: nobody would hear of an alarm.",
        )
    if stage.spend_limit_usd is None:
        yield (
            "spend-limit",
            (
                f"Give stage {stage.name} a spend_limit_usd: nobody would hear that the month's "
                "money for texts runs out, and SNS drops texts without a word."
            ),
        )
    if stage.attendance_line_is_fictional:
        yield (
            "attendance-line",
            (
                f"Give stage {stage.name} the college's own attendance_line: the link's pages "
                f"would tell parents to ring {stage.attendance_line}."
            ),
        )
