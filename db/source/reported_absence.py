"""A table of the contract that a college may lack: the absences that were reported to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

from db.source.contract import CollegeTable, Index, NotRead, wall_clock, whole_number


@dataclass
class ReportedAbsence(CollegeTable):
    """Optional: the absences that somebody reported to the college, by the portal or by telephone.

    A guardian gets no text about a lesson that a report [covers](criteria.md#not_reported).
    """

    table: ClassVar = "reported_absences"
    key: ClassVar = ("report_id",)
    optional: ClassVar = True
    indexes: ClassVar = (
        Index(
            ("student_id",),
            why="from an absence to its reports",
            faster_with=("starts_at", "ends_at", "reported_at"),
        ),
    )
    report_id: Annotated[int, NotRead("INT UNSIGNED")]
    student_id: Annotated[int, whole_number()]
    starts_at: Annotated[
        datetime | None,
        wall_clock("from when the student is away. A report of whole days starts at midnight"),
    ]
    ends_at: Annotated[
        datetime | None,
        wall_clock("until when. A report of whole days ends at the midnight after the last day"),
    ]
    reported_at: Annotated[
        datetime | None,
        wall_clock(
            "when the college was told. If one of the three times is empty or a placeholder, the"
            " report does not count, and `doctor` lists it"
        ),
    ]
