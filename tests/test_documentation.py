"""The documents say what the code does: every command, reader, form, format and table is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consultation import history
from consultation.reading import READERS
from consultation.reading.layout.platforms import PLATFORMS
from consultation.reporting import FORMATS, FORMS
from consultation.tables import TABLES
from tests.test_command_line import ALL

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ALL)
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`{command}`" in README or f"consultation {command}" in README


@pytest.mark.parametrize("table", TABLES)
def test_the_readme_names_every_table(table: str) -> None:
    assert f"`{table}`" in README


@pytest.mark.parametrize("name", [*FORMS, *FORMATS])
def test_the_readme_names_every_form_and_format(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("platform", [platform.name for platform in PLATFORMS])
def test_the_readme_names_every_platform(platform: str) -> None:
    assert platform.casefold().replace("_", " ") in README.casefold()


@pytest.mark.parametrize("kind", READERS)
def test_the_readme_names_every_kind_of_file(kind: str) -> None:
    assert f"<!-- {kind} -->" in README or kind.replace("_", " ") in README.casefold()


def test_every_file_that_contributing_names_is_there() -> None:
    for path in re.findall(r"`((?:consultation|templates|tests|benchmarks)/[\w./]*)`", CONTRIBUTING):
        assert (ROOT / path).exists(), path


def test_every_event_says_what_it_holds() -> None:
    assert all(told for told in history.EVENTS.values())


def test_the_project_speaks_of_itself_alone() -> None:
    """No machine path and no host of a package registry in what is published."""
    pattern = re.compile(r"(?<![\w.])/(?:work|home|root|tmp)/|https?://(?:pypi|files\.pythonhosted|registry\.npmjs)")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(ROOT / "consultation").rglob("*.py"), ROOT / "Makefile"]:
        assert not pattern.search(path.read_text(encoding="utf-8")), path
