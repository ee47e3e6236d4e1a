"""Columns of text made fast: from ids, from few values that recur, from lists. What `tables.conform` would make,
unsorted.

A million responses pass here; the plain way (a list of dataclasses, then a sort by text) takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from consultation import tables

_TEXT: Final = pd.StringDtype(storage="pyarrow", na_value=np.nan)
_ALPHABET: Final = np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", dtype="S1")  # as in `text.fingerprint`
Ids = np.ndarray[Any, np.dtype[np.bytes_]]


def fingerprints(prefix: str, told: Sequence[str]) -> Ids:
    """`prefix` and `text.fingerprint` of each text, as fixed bytes: parts are joined with "\\x1f" beforehand.

    >>> from consultation.text import fingerprint
    >>> fingerprints("c-", ["a\\x1fb"])[0].decode() == "c-" + fingerprint("a", "b")
    True
    """
    if not told:
        return np.empty(0, dtype=f"S{len(prefix) + 12}")
    digests = b"".join([blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in told])
    low = np.frombuffer(digests, dtype=">u8").reshape(-1, 2)[:, 1].astype(np.uint64)  # 12 signs of 5 bits: the last 60
    signs = np.empty((len(told), len(prefix) + 12), dtype="S1")
    signs[:, : len(prefix)] = np.frombuffer(prefix.encode(), dtype="S1")
    for place in range(12):
        signs[:, len(prefix) + place] = _ALPHABET[((low >> np.uint64(5 * place)) & np.uint64(31)).astype(np.int64)]
    return signs.view(f"S{len(prefix) + 12}").reshape(-1)


def as_list(ids: Ids) -> list[str]:
    """The ids as str."""
    return [value.decode() for value in ids.tolist()]


def as_ids(names: Sequence[str]) -> Ids:
    """Ids given as str, as fixed bytes."""
    return np.array([name.encode() for name in names], dtype="S")


def id_column(ids: Ids) -> pd.Series:
    """A column of ids."""
    flat = np.ascontiguousarray(ids)
    fixed = pa.Array.from_buffers(pa.binary(flat.dtype.itemsize), len(flat), [None, pa.py_buffer(flat.tobytes())])
    return series(fixed.cast(pa.binary()).cast(pa.large_string()))


def arrow_text(values: Sequence[str | None]) -> Any:
    """An Arrow array of text; None is missing. Half a surrogate pair, which no encoding holds, becomes U+FFFD."""
    try:
        return pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:
        whole = [None if value is None else value.encode("utf-8", "replace").decode() for value in values]
        return pa.array(whole, type=pa.large_string())


def text_column(values: Sequence[str | None]) -> pd.Series:
    """A column of text; None is missing."""
    return series(arrow_text(values))


def recurring(values: Sequence[str | None], codes: np.ndarray[Any, Any]) -> pd.Series:
    """A column that holds `values[code]` for each code."""
    return series(pa.array(values, type=pa.large_string()).take(pa.array(codes)))


def constant(value: str | None, number: int) -> pd.Series:
    return recurring([value], np.zeros(number, dtype=np.int64))


def category(values: Sequence[str], codes: np.ndarray[Any, Any]) -> pd.Series:
    """Like `recurring`, kept as codes: for the raw layer, where millions of rows hold a handful of words."""
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(list(values))))


def series(array: Any) -> pd.Series:
    """An Arrow array of text as a column."""
    return pd.Series(pd.array(array, dtype=_TEXT))


def completed(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column of its table, in order: one that the model has beside these takes its default."""
    wanted = tables.columns(name)
    one = tables.conform(name, frame.iloc[:1])
    added = {column: one[column].iloc[[0] * len(frame)].array for column in wanted if column not in frame}
    return frame.assign(**added)[wanted]


def stack(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join frames whose category columns have different words, without spelling the words out row by row."""
    out = {}
    for column in frames[0].columns:
        columns = [frame[column] for frame in frames]
        if all(isinstance(told.dtype, pd.CategoricalDtype) for told in columns):
            out[column] = pd.Series(pd.api.types.union_categoricals(columns))
        else:
            out[column] = pd.concat(columns, ignore_index=True)
    return pd.DataFrame(out)
