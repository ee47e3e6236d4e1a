"""The commands of the main way: from raw files to the published report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from consultation.cli.app import HERE, By, Workspace, app, project, tell

decide = typer.Typer(no_args_is_help=True, help="The decision workbook: out to the policy team and back in.")
app.add_typer(decide, name="decide", rich_help_panel="Decide and publish")
FIRST = "From files to points"
LAST = "Decide and publish"
_FORMS = (
    "Which forms, by name. If none: response_profile, you_said_we_did, we_did_not, rationale, before_after, and "
    "commitments where there are any. Ask by name for headlines, phases, blurb, lettered_changes, key_issues, "
    "findings, charts, method, machine_use, direction_of_travel, priority_sheets."
)


@app.command(rich_help_panel=FIRST)
def init(folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = HERE) -> None:
    """Make a workspace: its folders and the three files that you write.

    Example: consultation init our-plan
    """
    tell(project(folder, new=True).init())


@app.command(rich_help_panel=FIRST)
def demo(folder: Annotated[Path, typer.Argument(help="A new folder, or the project's own.")] = Path("demo")) -> None:
    """Run an invented county's consultation from its raw files to its report, to see how it goes.

    Example: consultation demo my-demo
    """
    tell(project(folder, new=True).demo())


@app.command(rich_help_panel=FIRST)
def read(
    files: Annotated[list[Path], typer.Argument(help="Survey exports, letters, notes; or folders of them.")],
    checks: Annotated[bool, typer.Option(help="Look for personal data, look-alikes and other languages too.")] = True,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Import survey exports, workshop notes, letters and e-mails; lose nothing.

    Example: consultation read data/raw

    Reading a newer export of the same survey adds what is new. The first reading drafts a mapping of the columns
    into consultation.yaml; edit it there and read again.
    """
    tell(project(workspace, by).read(files, checks=checks))


@app.command(rich_help_panel=FIRST)
def tag(workspace: Workspace = HERE, by: By = None) -> None:
    """Suggest for each comment which elements of the draft and which themes it is about.

    Example: consultation tag
    """
    tell(project(workspace, by).tag())


@app.command(rich_help_panel=FIRST)
def wording(workspace: Workspace = HERE, by: By = None) -> None:
    """Find which words people object to and what they would say instead; gather points and proposals.

    Example: consultation wording
    """
    tell(project(workspace, by).wording())


@decide.command("out")
def decide_out(
    file: Annotated[Path, typer.Argument(help="The workbook to write.")] = Path("decisions.xlsx"),
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write the workbook in which the policy team decides on points, wordings and report rows.

    Example: consultation decide out decisions.xlsx
    """
    tell(project(workspace, by).decide_out(file))


@decide.command("in")
def decide_in(
    files: Annotated[list[Path], typer.Argument(help="One workbook, or those of several colleagues.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Take decision workbooks back: what is sound is recorded, the rest is listed by row.

    Example: consultation decide in decisions.xlsx
    """
    tell(project(workspace, by).decide_in(files))


@app.command(rich_help_panel=LAST)
def check(workspace: Workspace = HERE, by: By = None) -> None:
    """Is every point answered and every change accounted for? One page to sign. Ends with 4 if not.

    Example: consultation check
    """
    tell(project(workspace, by).check())


@app.command(rich_help_panel=LAST)
def report(
    forms: Annotated[list[str] | None, typer.Argument(help=_FORMS)] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help="docx, xlsx, html, md or pdf.")] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write “You said, we did” and the other forms into reports/.

    Example: consultation report you_said_we_did -f docx -f html
    """
    tell(project(workspace, by).report(forms, formats=formats))


@app.command(rich_help_panel=LAST)
def publish(
    forms: Annotated[list[str] | None, typer.Argument(help=_FORMS)] = None,
    formats: Annotated[list[str] | None, typer.Option("--format", "-f", help="docx, xlsx, html, md or pdf.")] = None,
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Write the final report with its manifest; refused while personal data or findings are open.

    Example: consultation publish -f docx -f html
    """
    tell(project(workspace, by).publish(forms, formats=formats))


@app.command(rich_help_panel=LAST)
def letters(workspace: Workspace = HERE, by: By = None) -> None:
    """Write to everyone who asked for a reply: what they said, where it went, what was done.

    Example: consultation letters
    """
    tell(project(workspace, by).letters())


@app.command(rich_help_panel=LAST)
def claims(
    file: Annotated[Path, typer.Argument(help="A report in .docx, .md or .txt.")],
    workspace: Workspace = HERE,
    by: By = None,
) -> None:
    """Underline each number, quantity word and quotation of a report that does not trace. Ends with 4 if any.

    Example: consultation claims cabinet-report.docx
    """
    tell(project(workspace, by).claims(file))
