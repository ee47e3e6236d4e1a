"""`Project`: one consultation in one folder, and the verbs that carry it along the corridor.

Each verb loads tables, calls one stage of a room, saves, and says what was done. Rules live in the rooms. The
command line has the same verbs with the same names and arguments. To add a verb, add a method to the file of its
subject here, then its command in `consultation/cli/`.
"""

from __future__ import annotations

from consultation.project.analysts import Analysts
from consultation.project.demo import Demo
from consultation.project.labels import Labels


class Project(Demo, Labels, Analysts):
    """A consultation. Its verbs are those of `Corridor`, `Officers`, `Publishing`, `Keeping`, `Labels`, `Analysts`
    and `Demo`.

    >>> project = Project("my-consultation")            # doctest: +SKIP
    >>> project.read(["survey.xlsx"])                   # doctest: +SKIP
    >>> project.table("comments").head()                # doctest: +SKIP
    """


__all__ = ["Project"]
