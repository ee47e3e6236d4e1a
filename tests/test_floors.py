"""Imports point down: each module imports only from floors below its own, and rooms of one floor never meet."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = {
    "errors": 0, "text": 0, "changes": 0, "separated": 0,
    "model": 1, "outcome": 1, "records": 1, "settings": 1, "hostile": 1,
    "tables": 2, "history": 2, "suppression": 2, "words": 2, "sheets": 2,
    "framework": 3, "codebook": 3, "statements": 3, "breakdown": 3, "intervals": 3, "travel": 3,
    "reading": 4, "tagging": 4, "wording": 4, "reporting": 4, "analysis": 4, "privacy": 4,
    "store": 5, "config": 5,
    "project": 6,
    "cli": 7, "__main__": 8, "__init__": 8,
}  # fmt: skip


def _modules() -> list[Path]:
    return sorted(path for path in (ROOT / "consultation").rglob("*.py") if "_templates" not in path.parts)


def _room(path: Path) -> str:
    first = path.relative_to(ROOT / "consultation").parts[0]
    return first.removesuffix(".py")


def imported(source: str, package: str = "consultation") -> Iterator[str]:
    """Every room of ours that this source imports, however and wherever it does: lazily, relatively, by name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "consultation" and "." in alias.name:
                    yield alias.name.split(".")[1]
        elif isinstance(node, ast.ImportFrom):
            full = _absolute(node, package)
            if full == "consultation":
                yield from (alias.name for alias in node.names if alias.name in FLOORS)
            elif full.startswith("consultation."):
                yield full.split(".")[1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # registries hold addresses: "consultation.reading.sheets:read"
            head = node.value.split(":")[0]
            if head.startswith("consultation.") and ":" in node.value and " " not in node.value:
                yield head.split(".")[1]


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    base = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _package(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1])


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_floors_below(path: Path) -> None:
    room = _room(path)
    assert room in FLOORS, f"{room} has no floor: give it one in this test and in CONTRIBUTING.md"
    for other in imported(path.read_text(encoding="utf-8"), _package(path)):
        if other == room:
            continue
        assert FLOORS.get(other, 99) < FLOORS[room], f"{path.name} of {room} reaches up or across to {other}"


@pytest.mark.parametrize(
    "source",
    [
        "import consultation.wording.points",
        "from consultation.wording import points",
        "from consultation import wording",
        "def f():\n    from consultation.wording import points",
        "def f():\n    import consultation.wording",
        "X = 'consultation.wording.points:gather'",
        "from ..wording import points",
    ],
)
def test_each_way_of_importing_is_seen(source: str) -> None:
    assert list(imported(source, "consultation.tagging")) == ["wording"]
