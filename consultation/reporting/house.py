"""The house style: templates by name, the workspace's own first, then those that the package carries.

Templates place and dress what is in the rows; they compute nothing. A template of a workspace has the name of the
one that it replaces: `report.html.jinja`, `report.md.jinja`, `report.docx`, `words.yaml`.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from consultation.errors import ConsultationError, Place
from consultation.text import slug
from consultation.words import TEMPLATES

NAMES: Final = ("report.html.jinja", "blocks.html.jinja", "report.css", "report.md.jinja", "report.docx")


@dataclass(frozen=True, kw_only=True)
class House:
    """Template files by name. `report.docx` may be absent: the built-in look of `word_style.py` is used then."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """The words of a template. Raises `ConsultationError` where they are not UTF-8."""
        try:
            return self.files[name].decode("utf-8-sig")
        except UnicodeDecodeError as wrong:
            raise ConsultationError(
                "The template is not UTF-8 text.",
                where=Place(file=f"templates/{name}", line=wrong.object.count(b"\n", 0, wrong.start) + 1),
                do="Save it as UTF-8, or remove the file to use the package’s own template.",
            ) from None


def load(folder: Path | None = None) -> House:
    """The templates of a workspace's `templates` folder, laid over the package's."""
    found: dict[str, bytes] = {}
    for place in (TEMPLATES, folder):
        for name in NAMES:
            if place is not None and (place / name).is_file():
                found[name] = (place / name).read_bytes()
    return House(files=found)


def fill(house: House, name: str, **values: Any) -> str:
    """A text template filled in, every value of an HTML one escaped. A wrong template names its line."""
    import jinja2
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import SandboxedEnvironment

    html = ".html" in name
    environment = SandboxedEnvironment(
        loader=jinja2.FunctionLoader(lambda asked: _source(house, asked)),
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"kind": lambda block: type(block).__name__.lower(), "slug": slug}
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as wrong:
        raise ConsultationError(
            f"The template cannot be read: {wrong.message}.",
            where=Place(file=f"templates/{wrong.name or name}", line=wrong.lineno),
            do="Correct the line, or remove the file to use the package’s own template.",
        ) from None
    except (jinja2.UndefinedError, SecurityError) as wrong:
        raise ConsultationError(
            f"The template asks for something that a report does not hold: {wrong.message}.",
            where=_place(wrong, name),
            do="Compare it with the package’s own template of that name.",
        ) from None
    except ConsultationError:
        raise
    except Exception as wrong:  # a template may reckon, and err in any way; what it reckoned with stays unsaid
        raise ConsultationError(
            f"The template cannot be filled in ({type(wrong).__name__}).",
            where=_place(wrong, name),
            do="Correct the line, or remove the file to use the package’s own template.",
        ) from None


def _source(house: House, name: str) -> tuple[str, str, None] | None:
    """A template and the name under which errors tell its lines."""
    return (house.text(name), f"templates/{name}", None) if name in house.files else None


def _place(wrong: Exception, name: str) -> Place:
    """The line of a template at which it went wrong."""
    frames = [frame for frame in traceback.extract_tb(wrong.__traceback__) if frame.filename.startswith("templates/")]
    return Place(file=frames[-1].filename, line=frames[-1].lineno) if frames else Place(file=f"templates/{name}")
