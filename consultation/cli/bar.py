"""A progress bar for work that takes longer than two seconds."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bar:
    """Told (done, total, what); shows itself once the work has gone on for two seconds."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.shown: Progress | None = None
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, done: int, total: int, what: str) -> None:
        if self.shown is None:
            if time.monotonic() - self.began < 2:
                return
            self.shown = Progress(
                TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
                TimeElapsedColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self.shown.start()
        if what not in self.tasks:
            self.tasks[what] = self.shown.add_task(what, total=max(total, 1))
        self.shown.update(self.tasks[what], completed=done, total=max(total, 1))
        if all(task.finished for task in self.shown.tasks):
            self.shown.stop()
            self.shown, self.tasks, self.began = None, {}, time.monotonic()
