"""The commands with which officers review tags, teach the tagger and see how good it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consultation.cli.app import HERE, By, Workspace, app, project, tell

PANEL = "Review and learn"
review = typer.Typer(no_args_is_help=True, help="The review workbook: out to officers and back in.")
app.add_typer(review, name="review", rich_help_panel=PANEL)


@review.command("out")
def review_out(
    file: Annotated[Path, typer.Argument(help="The workbook to write.")] = Path("review.xlsx"),
    assign: Annotated[
        list[str] | None, typer.Option("--assign", "-a", help="A colleague; give it once for each. One file each.")
    ] = None,
    number: Annotated[int | None, typer.Option("--number", "-n", help="Only this many, the most useful first.")] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write the workbook in which officers confirm, reject and add tags.

    Example: consultation review out review.xlsx --assign Amina --assign Joe
    """
    tell(project(workspace, by).review_out(file, assign=_names(assign), number=number))


@review.command("in")
def review_in(
    files: Annotated[list[Path], typer.Argument(help="One workbook, or those of several colleagues.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take review workbooks back; list by row what could not be taken and where two officers disagree.

    Example: consultation review in review-amina.xlsx review-joe.xlsx
    """
    tell(project(workspace, by).review_in(files))


@app.command(rich_help_panel=PANEL)
def learn(workspace: Workspace = HERE, by: By = None) -> None:
    """Train the tagger on what officers confirmed and rejected.

    Example: consultation learn
    """
    tell(project(workspace, by).learn())


@app.command(rich_help_panel=PANEL)
def queue(
    number: Annotated[int, typer.Option("--number", "-n", help="How many.")] = 20,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Which comments are most useful to read next.

    Example: consultation queue -n 40
    """
    tell(project(workspace, by).queue(number=number))


@app.command(rich_help_panel=PANEL)
def evaluate(workspace: Workspace = HERE, by: By = None) -> None:
    """How good the suggestions are, measured on comments that the tagger did not see.

    Example: consultation evaluate
    """
    tell(project(workspace, by).evaluate())


def _names(told: list[str] | None) -> list[str] | None:
    """Colleagues named one by one, or several with commas between."""
    return [name.strip() for each in told for name in each.split(",") if name.strip()] if told else None
