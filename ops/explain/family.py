"""The guardians of one student: their names, and which of them have one phone."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from absence_texts.database import Row, fetch_all
from absence_texts.identifiers import NO_GUARDIAN, GuardianId, StudentId
from ops.context import CommandContext
from ops.masking import masked
from ops.people.names import guardian_name, lives_with, names_sql
from send_sms.mobiles import RefusedMobileError, to_e164


@dataclass(frozen=True)
class Family:
    names: Mapping[GuardianId, str]
    """With the words that say that the student lives with the guardian."""
    phones: Mapping[str, tuple[GuardianId, ...]]
    """The guardians of each phone, in E.164."""

    def shown(self, guardian: GuardianId) -> str:
        if guardian == NO_GUARDIAN:
            return "none"
        return f"{guardian} {self.names.get(guardian, '')}".strip()

    def shared_phones(self) -> Iterator[str]:
        """Yield a sentence for each phone that several guardians have."""
        for phone, guardians in self.phones.items():
            if len(guardians) > 1:
                who = " and ".join(map(self.shown, guardians))
                yield (
                    f"Guardians {who} have one phone, {masked(phone)}: one text about the student"
                    " goes to a phone, and it tells them all."
                )


def read_family(context: CommandContext, student: StudentId) -> Family:
    """Read the guardians who are linked to the student now."""
    names: dict[GuardianId, str] = {}
    phones: dict[str, list[GuardianId]] = defaultdict(list)
    for row in _rows(context, student):
        guardian = GuardianId(row["guardian_id"])
        home = "(lives with the student)" if lives_with(row) else ""
        names[guardian] = f"{guardian_name(row)} {home}".strip()
        if phone := _phone(context, row["mobile"] or ""):
            phones[phone].append(guardian)
    return Family(names, {phone: tuple(found) for phone, found in phones.items()})


def _phone(context: CommandContext, mobile: str) -> str | None:
    """Return the number as the sender reads it, or None if the sender refuses it."""
    settings = context.settings
    with suppress(RefusedMobileError):
        return to_e164(
            mobile,
            region=settings.mobile_region,
            accept_fictional=settings.accept_fictional_mobiles,
            foreign_codes=settings.foreign_country_codes,
        )
    return None


def _rows(context: CommandContext, student: StudentId) -> tuple[Row, ...]:
    """Return one row for each guardian, because a view of the college may hold one twice."""
    source = context.source
    names = names_sql(source)
    columns = ", ".join(f"MIN({names[name]}) AS {name}" for name in ("guardian_name", "lives_with"))
    return fetch_all(
        context.database,
        f"SELECT gs.guardian_id, MIN(g.mobile) AS mobile, {columns}"
        f" FROM {source.table('guardian_students')} gs"
        f" LEFT JOIN {source.table('guardians')} g ON g.guardian_id = gs.guardian_id"
        " WHERE gs.student_id = %(student)s AND gs.guardian_id IS NOT NULL"
        " GROUP BY gs.guardian_id ORDER BY gs.guardian_id",
        {"student": student},
    )
