"""What the demo shows in the terminal."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Words

from absence_texts.clock import CollegeTime
from local.demo.outcomes import NotTexted, PastoralLog
from local.phones import Text

console = Console(highlight=False)


def tell(words: str) -> None:
    """Show one step of the set-up."""
    console.print(f"[green]✓[/] {words}")


def complain(words: str) -> None:
    console.print(words, style="red", markup=False)


def step(moment: CollegeTime, words: str) -> None:
    console.print(f"[bold cyan]{moment.wall_clock:%H:%M:%S}[/]  {words}")


def say(words: str) -> None:
    console.print(words, markup=False, soft_wrap=True)


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
    entry = Words(f"pastoral log of {log.student}: {log.entry}", "dim", overflow="ellipsis")
    entry.no_wrap = True
    console.print(Padding(entry, (0, 0, 1, 12)))


def show_not_texted(rows: Iterable[NotTexted]) -> None:
    table = Table(title="Who got no text, and why", box=box.SIMPLE_HEAD, title_style="bold")
    table.add_column("student", no_wrap=True)
    table.add_column("lesson", no_wrap=True)
    table.add_column("the first criterion that failed, for their guardian")
    for row in rows:
        table.add_row(row.student, row.lesson, f"[yellow]{row.criterion}[/]: {row.sentence}")
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
        console.print("[bold red]✗ A guardian was texted twice.[/]")
    return False
