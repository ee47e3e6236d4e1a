"""Finds, in what people wrote, the words of the draft that they want changed, and what they would say instead.

`patterns` holds how people say it, one small picture a way, with examples that run as tests: begin there to teach
the miner a new way.
"""

from consultation.wording.miner.mine import mine

__all__ = ["mine"]
