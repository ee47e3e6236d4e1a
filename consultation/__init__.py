"""From survey exports and workshop notes to a "You said, we did" in which every sentence traces to what people wrote.

from consultation import Project

project = Project.open("my-consultation")
project.table("points")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from consultation.project import Project

__version__ = "0.1.0"
__all__ = ["Project", "__version__"]


def __getattr__(name: str) -> Any:
    """`Project` loads pandas, so it waits until somebody asks for it: `consultation --help` answers at once."""
    if name == "Project":
        from consultation.project import Project

        return Project
    raise AttributeError(name)
