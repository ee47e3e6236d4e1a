"""Tagging: which elements, themes, stances and audiences each comment is about, how sure that is, and why.

Rules, likeness and (once officers have labelled some) a model suggest; a person decides. Everything here is a
function of tables and ledger events.
"""

from __future__ import annotations

from consultation.tagging.learned.model import Model, learn
from consultation.tagging.learned.model_file import load, save
from consultation.tagging.tagger import scores, tag

__all__ = ["Model", "learn", "load", "save", "scores", "tag"]
