"""The forms of a report. To add one: a function `(view) -> Section` in a file here, and its line in `registry.py`."""
