"""The command line: one command for each verb of `Project`. Parse, call, print, name the next step.

To add a command, write the verb in `consultation/project/` first; the command has its name and its arguments.
"""

from __future__ import annotations

from consultation.cli.app import app, main

# In the order in which `--help` shows them.
# isort: off
from consultation.cli import corridor, people, keeping, analyst

# isort: on

__all__ = ["analyst", "app", "corridor", "keeping", "main", "people"]
