"""The forms and formats by name. To add one, add its line here; the address is loaded when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from consultation.errors import ConsultationError
from consultation.text import did_you_mean

FORMS: Final[dict[str, str]] = {
    "headlines": "consultation.reporting.forms.summary:headlines",
    "phases": "consultation.reporting.forms.summary:phases",
    "response_profile": "consultation.reporting.forms.profile:response_profile",
    "blurb": "consultation.reporting.forms.summary:blurb",
    "you_said_we_did": "consultation.reporting.forms.you_said:you_said_we_did",
    "we_did_not": "consultation.reporting.forms.you_said:we_did_not",
    "rationale": "consultation.reporting.forms.rationale:rationale",
    "before_after": "consultation.reporting.forms.before_after:before_after",
    "lettered_changes": "consultation.reporting.forms.summary:lettered_changes",
    "key_issues": "consultation.reporting.forms.issues:key_issues",
    "findings": "consultation.reporting.forms.issues:findings",
    "charts": "consultation.reporting.forms.charts:charts",
    "commitments": "consultation.reporting.forms.summary:commitments",
    "direction_of_travel": "consultation.reporting.forms.travel:direction_of_travel",
    "priority_sheets": "consultation.reporting.forms.sheets:priority_sheets",
    "method": "consultation.reporting.forms.method:method",
    "machine_use": "consultation.reporting.forms.method:machine_use",
}
FORMATS: Final[dict[str, str]] = {
    "docx": "consultation.reporting.formats.word:render",
    "xlsx": "consultation.reporting.formats.workbook:render",
    "html": "consultation.reporting.formats.page:render",
    "md": "consultation.reporting.formats.markdown:render",
    "pdf": "consultation.reporting.formats.pdf:render",
}


def found(registry: dict[str, str], name: str, what: str) -> Any:
    """The function that a name stands for; an unknown name is met with the nearest."""
    if name not in registry:
        raise ConsultationError(f"There is no {what} “{name}”.", do=did_you_mean(name, registry))
    module, function = registry[name].split(":")
    return getattr(import_module(module), function)
