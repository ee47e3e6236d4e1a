"""How every command runs: errors become messages and exit codes, long work shows its progress on a terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from consultation.errors import ConsultationError

if TYPE_CHECKING:
    from consultation.outcome import Grid, Outcome
    from consultation.project import Project

EPILOG = "Start with: consultation demo my-demo. Every command has examples: consultation read --help"


class OurErrors(typer.core.TyperGroup):
    """Turns an error of ours into its message and its exit code; everything else stays what it is."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ConsultationError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(error.code) from None
        except BrokenPipeError:
            raise typer.Exit(0) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands in the order of the work, under the headings of their panels."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                panel = getattr(command, "rich_help_panel", None)
                heading = panel if isinstance(panel, str) else "Commands"
                panels.setdefault(heading, []).append((name, command.get_short_help_str(limit=120)))
        for heading, rows in panels.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


app = typer.Typer(
    cls=OurErrors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=EPILOG,
    help="From survey exports and workshop notes to “You said, we did”, every sentence traced to what people wrote.",
)

Workspace = Annotated[
    Path, typer.Option("--workspace", "-w", help="The workspace's folder.", envvar="CONSULTATION_WORKSPACE")
]
By = Annotated[
    str | None,
    typer.Option("--by", help="Whose name the record carries.", envvar="CONSULTATION_WHO", show_default=False),
]
HERE = Path()


def project(workspace: Path, by: str | None = None, *, new: bool = False) -> Project:
    """The project of a command, with a person to ask and a bar to watch where there is a terminal."""
    from consultation.project import Project

    options = {"who": by, "on_progress": bar(), "choose": ask if sys.stdin.isatty() else None}
    return Project(workspace, **options) if new else Project.open(workspace, **options)


def tell(outcome: Outcome) -> None:
    """Print what was done; end with its exit code."""
    for line in outcome.lines:
        typer.echo(line)
    for grid in outcome.grids:
        typer.echo("")
        _draw(grid)
    for warning in outcome.warnings:
        typer.secho(f"Note: {warning}", fg=typer.colors.YELLOW, err=True)
    if outcome.files:
        typer.echo("")
    for path in outcome.files:
        typer.echo(f"Wrote {_short(path)}")
    if outcome.next:
        typer.echo("")
    for step in outcome.next:
        typer.secho(f"Next: {step}", bold=True)
    if outcome.code:
        raise typer.Exit(outcome.code)


_NAME: Final = 24  # characters of a code or name that is not broken


def _draw(grid: Grid) -> None:
    """A grid as wide as the terminal, long cells wrapped; respondents' brackets mean nothing to it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=max(shutil.get_terminal_size().columns, 100), highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left", title_style="bold")
    for place, heading in enumerate(grid.header):
        is_name = place == 0 and all(len(row[0]) <= _NAME for row in grid.rows)
        table.add_column(Text(heading), overflow="fold", no_wrap=is_name)
    for row in grid.rows:
        table.add_row(*(Text(cell) for cell in row))
    if grid.caption:
        console.print(Text(grid.caption, style="bold"))
    console.print(table)


def _short(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def bar() -> Any:
    """A progress display on the error stream, shown only on a terminal; it leaves the output clean."""
    if not sys.stderr.isatty():
        return None
    from consultation.cli.bar import Bar

    return Bar()


def ask(question: str, options: Sequence[str], default: str) -> str:
    """Put a question to the person at the terminal."""
    typer.echo(f"\n{question}", err=True)
    for number, option in enumerate(options, start=1):
        typer.echo(f"  {number}. {option}{'  (if you press Enter)' if option == default else ''}", err=True)
    first = options.index(default) + 1 if default in options else 1
    while True:
        told = int(typer.prompt("Number", default=first, type=int, err=True))
        if 1 <= told <= len(options):
            return options[told - 1]
        typer.echo(f"Type a number from 1 to {len(options)}.", err=True)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from consultation import __version__

        typer.echo(f"consultation {__version__}")
        raise typer.Exit


def main() -> None:
    """The program `consultation`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app(prog_name="consultation")
