"""The commands for analysts and for the years after: exchange with other tools, and progress on what was promised."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consultation.cli.app import HERE, By, Workspace, app, project, tell

PANEL = "Carry elsewhere, follow up"


@app.command(rich_help_panel=PANEL)
def labels(
    files: Annotated[list[Path], typer.Argument(help="Spreadsheets coded elsewhere (.xlsx or .csv).")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take in tags from spreadsheets that were coded elsewhere.

    Example: consultation labels coded.xlsx --by "A. Coder"
    """
    tell(project(workspace, by).labels(files))


@app.command(rich_help_panel=PANEL)
def codebook(
    file: Annotated[Path, typer.Argument(help="A REFI-QDA codebook (.qdc).")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take in the codebook of another tool, with its memos.

    Example: consultation codebook themes.qdc
    """
    tell(project(workspace, by).codebook(file))


@app.command(rich_help_panel=PANEL)
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path("export"),
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="csv, parquet, qdc, qdpx or datapackage; csv, if none.")
    ] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write the tables for other programs, with a data dictionary.

    Example: consultation export for-nvivo -f qdpx
    """
    tell(project(workspace, by).export(folder, formats=formats))


@app.command(rich_help_panel=PANEL)
def progress(
    file: Annotated[Path | None, typer.Argument(help="Measures by year (.yaml, .csv or .xlsx).")] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Direction of travel and the promises kept, due and silent.

    The file has a row for each measure: element, measure, better (higher or lower), then a column for each year.

    Example: consultation progress measures.csv
    """
    tell(project(workspace, by).progress(file))
