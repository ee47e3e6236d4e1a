"""Tagging: which elements, themes, stances and audiences each comment is about, how sure that is, and why.

Rules, likeness and (once officers have labelled some) a model suggest; a person decides. Everything here is a
function of tables and ledger events.
"""

from __future__ import annotations

from consultation.intervals import to_check
from consultation.tagging.assess.agreement import (
    agreement,
    alpha,
    kappa,
    model_beside_people,
)
from consultation.tagging.assess.evaluate import Evaluation, evaluate
from consultation.tagging.discover import candidates, lone
from consultation.tagging.learned.model import Model, learn
from consultation.tagging.learned.model_file import load, save
from consultation.tagging.queue import queue
from consultation.tagging.tagger import scores, tag
from consultation.tagging.unread import Unread, unread

__all__ = [
    "Evaluation",
    "Model",
    "Unread",
    "agreement",
    "alpha",
    "candidates",
    "evaluate",
    "kappa",
    "learn",
    "load",
    "lone",
    "model_beside_people",
    "queue",
    "save",
    "scores",
    "tag",
    "to_check",
    "unread",
]
