"""A file as a grid of cells kept as text, each with its storage type and its address: the raw layer.

To add a kind of file, write a function `(path, context) -> list[Grid]` and call it from `open.py`.
"""
