"""The commands that keep the record straight: accounts, traces, exclusions, personal data, the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consultation.cli.app import HERE, By, Workspace, app, project, tell

PANEL = "Keep the record straight"
redact = typer.Typer(no_args_is_help=True, help="Personal data in comments: a workbook out to confirm, and back in.")
app.add_typer(redact, name="redact", rich_help_panel=PANEL)


@app.command(rich_help_panel=PANEL)
def reconcile(workspace: Workspace = HERE, by: By = None) -> None:
    """The accounts: what was received, included, excluded and why. Ends with 1 if they do not balance.

    Example: consultation reconcile
    """
    tell(project(workspace, by).reconcile())


@app.command(rich_help_panel=PANEL)
def why(
    id: Annotated[str, typer.Argument(help="An id from a table, a workbook or a report; or an element's code.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """The chain both ways for anything: the comments behind it, and every place it landed.

    Example: consultation why 1.1
    """
    tell(project(workspace, by).why(id))


@app.command(rich_help_panel=PANEL)
def verify(
    head: Annotated[str | None, typer.Option(help="The ledger's mark that a publication printed.")] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Has anybody changed, removed or reordered what was recorded? Ends with 4 if so.

    Example: consultation verify
    """
    tell(project(workspace, by).verify(head=head))


@app.command(rich_help_panel=PANEL)
def exclude(
    ids: Annotated[list[str], typer.Argument(help="Ids of responses or comments.")],
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why, in words for the report.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Set responses or comments aside, with a reason. Nothing is deleted; undo brings them back.

    Example: consultation exclude r-7k2m9q4x1abz --reason "sent as a test"
    """
    tell(project(workspace, by).exclude(ids, reason=reason))


@app.command(rich_help_panel=PANEL)
def include(
    ids: Annotated[list[str], typer.Argument(help="Ids of responses or comments.")],
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why, in words for the report.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Count responses or comments that were set aside, such as a blank response; undo sets them aside again.

    Example: consultation include r-7k2m9q4x1abz --reason "answered by telephone"
    """
    tell(project(workspace, by).include(ids, reason=reason))


@app.command(rich_help_panel=PANEL)
def undo(
    event: Annotated[str | None, typer.Argument(help="The event's id; the last one, if none is given.")] = None,
    together: Annotated[
        bool, typer.Option("--together", help="All that was recorded in the same act, such as a whole workbook.")
    ] = False,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take back something that was recorded. The record keeps both.

    Example: consultation undo

    Example: consultation undo v-3f0a9c1b2d4e --together
    """
    tell(project(workspace, by).undo(event, together=together))


@app.command(rich_help_panel=PANEL)
def memo(
    about: Annotated[str, typer.Argument(help="Any id, or an element's or theme's code.")],
    text: Annotated[str, typer.Argument(help="The note.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write a note on anything.

    Example: consultation memo 2.3 "Ask highways before we answer this"
    """
    tell(project(workspace, by).memo(about, text))


@redact.command("out")
def redact_out(
    file: Annotated[Path, typer.Argument(help="The workbook to write.")] = Path("redact.xlsx"),
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write the workbook in which a person confirms what is personal data.

    Example: consultation redact out redact.xlsx
    """
    tell(project(workspace, by).redact_out(file))


@redact.command("in")
def redact_in(
    files: Annotated[list[Path], typer.Argument(help="The workbook, filled in.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take the workbook back.

    Example: consultation redact in redact.xlsx
    """
    tell(project(workspace, by).redact_in(files))


@app.command(rich_help_panel=PANEL)
def find(
    person: Annotated[str, typer.Argument(help="A name, e-mail address or other identifier.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """All that is held on one person, for a subject access request.

    Example: consultation find "jo@example.org"
    """
    tell(project(workspace, by).find(person))


@app.command(rich_help_panel=PANEL)
def purge(
    confirm: Annotated[bool, typer.Option("--confirm", help="Do it; without, it only says what it would do.")] = False,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Delete verbatim text and identity whose retention has ended; counts and the ledger stay.

    Example: consultation purge --confirm
    """
    tell(project(workspace, by).purge(confirm=confirm))
