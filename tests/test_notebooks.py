"""The course runs as a reader runs it: every cell, without a warning, on the sample; its figures are the report's."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from consultation import Project

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")
pytest.importorskip("altair")
FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))


def _read(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def ran(demo: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every notebook after its run, each in a kernel of its own, in a folder inside one copy of the sample."""
    home = tmp_path_factory.mktemp("course") / "sample"
    shutil.copytree(demo.folder, home)
    shutil.copytree(FOLDER, home / "notebooks", ignore=shutil.ignore_patterns(".*"))
    before = _state(home)
    with ThreadPoolExecutor(2) as pool:
        made = dict(zip(NAMES, pool.map(lambda name: _run(name, home), NAMES), strict=True))
    assert _state(home) == before, "a notebook altered the workspace"
    return made


def _run(name: str, home: Path) -> Any:
    notebook = _read(name)
    nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(home / "notebooks")}}
    ).execute(env={**os.environ, "PYTHONPATH": str(FOLDER.parent)})
    return notebook


def _state(home: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in sorted(home.rglob("*")) if path.is_file()}


def _outputs(notebook: Any) -> Iterator[tuple[str, Any]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield cell.source, output


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_short_narrated_and_kept_without_outputs(name: str) -> None:
    cells = _read(name).cells
    assert 8 <= len(cells) <= 14
    assert cells[0].cell_type == "markdown"
    assert cells[0].source.startswith(f"# {int(name[:2])}. ")
    assert sum(cell.cell_type == "markdown" for cell in cells) >= len(cells) // 3
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_shows_no_warning_nor_error(ran: dict[str, Any], name: str) -> None:
    for source, output in _outputs(ran[name]):
        assert output.output_type != "error", source
        assert output.get("name") != "stderr", f"{source}\n{output.get('text')}"


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_and_card_of_a_notebook_is_drawn_there_and_then(ran: dict[str, Any], name: str) -> None:
    """Nothing is fetched: no script, no address but those that name XML."""
    for source, output in _outputs(ran[name]):
        html = str(output.get("data", {}).get("text/html", ""))
        assert "<script" not in html, source
        assert "http" not in html.replace("http://www.w3.org/", ""), source
    drawn = [
        str(output.data["text/html"]) for _, output in _outputs(ran[name]) if "text/html" in output.get("data", {})
    ]
    assert drawn


def test_the_figures_of_the_printed_report_are_found_equal(ran: dict[str, Any]) -> None:
    told = [str(output.data["text/plain"]) for _, output in _outputs(ran["05_report_and_trace"]) if "data" in output]
    equal = next(text for text in told if "all equal" in text)
    assert int(equal.strip("'").split()[0]) > 20
