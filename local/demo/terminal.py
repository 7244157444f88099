"""What the demo shows in the terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Words

from absence_texts.clock import CollegeTime
from local.demo.college_day import NotTexted, PastoralLog
from local.phones import Text

console = Console(highlight=False)


def tell(words: str) -> None:
    """Show one step of the set-up."""
    console.print(f"[green]✓[/] {words}")


def step(moment: CollegeTime, words: str) -> None:
    console.print(f"[bold cyan]{moment.wall_clock:%H:%M:%S}[/]  {words}")


def show_text(text: Text, log: PastoralLog) -> None:
    phone = Panel(
        Words(text.body),
        title=f"[bold]{text.sender}[/] to {log.guardian}, {text.mobile}",
        title_align="left",
        box=box.ROUNDED,
        border_style="green",
        width=76,
    )
    console.print(Padding(phone, (0, 0, 0, 10)))
    console.print(
        Padding(f"[dim]pastoral log of {log.student}:[/] {log.entry[:48]}…", (0, 0, 1, 12))
    )


def show_not_texted(rows: Iterable[NotTexted]) -> None:
    table = Table(title="Who got no text, and why", box=box.SIMPLE_HEAD, title_style="bold")
    for heading in ("student", "guardian", "lesson", "mark", "first criterion that failed"):
        table.add_column(heading)
    for row in rows:
        reason = f"[yellow]{row.criterion}[/] [dim]{row.sentence}[/]"
        table.add_row(row.student, row.guardian, row.lesson, row.mark, reason)
    console.print(table)


def show_verdict(*, expected: set[tuple[str, str]], arrived: list[tuple[str, str]]) -> bool:
    """Say whether exactly the expected texts arrived, each once."""
    right = sorted(arrived) == sorted(expected)
    if right:
        console.print(f"[bold green]✓ Exactly the {len(expected)} expected texts arrived.[/]")
        return True
    for mobile, body in sorted(expected - set(arrived)):
        console.print(f"[bold red]✗ missing:[/] {mobile} {body}")
    for mobile, body in sorted(set(arrived) - expected):
        console.print(f"[bold red]✗ not expected:[/] {mobile} {body}")
    if len(arrived) > len(set(arrived)):
        console.print("[bold red]✗ somebody was texted twice.[/]")
    return False
