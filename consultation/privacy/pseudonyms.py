"""Keyed pseudonyms: the same person gets the same name in every import, and nobody without the key can find who it is.

A plain hash of an e-mail address can be undone by hashing all addresses of a list; HMAC with a secret key cannot
(RFC 2104). The key lies in the workspace's identity folder; when it is deleted at the end of retention, the
pseudonyms lead nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import Final

import pandas as pd

from consultation import tables
from consultation.errors import ConsultationError
from consultation.text import fingerprint, tidy

KEY_BYTES: Final = 32
_PLAIN: Final = re.compile(r"p-[0-9a-z]+")


def new_key() -> str:
    """A fresh secret key, as text for a file."""
    return secrets.token_hex(KEY_BYTES)


def pseudonym(key: str, *parts: object) -> str:
    """The respondent_id for what identifies somebody; case and white space make no difference.

    >>> pseudonym("00" * 32, "email", "A.Bell@example.org") == pseudonym("00" * 32, "email", " a.bell@example.org ")
    True
    """
    told = "\x1f".join(tidy(str(part)) for part in parts)
    secret = hmac.new(_secret(key), told.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return f"p-{fingerprint(secret.hexdigest())}"


def pseudonymise(imported: tables.Tables, key: str) -> dict[str, pd.DataFrame]:
    """The tables with each respondent_id replaced by its keyed pseudonym, wherever it stands.

    For readers that made plain ids; applied once, at the door. A speaker who is known by such an id is renamed too;
    one who is known by a role stays.
    """
    out = dict(imported)
    for name, table in imported.items():
        for column in ("respondent_id", "speaker"):
            if column in out[name].columns and len(table):
                ids = {told: pseudonym(key, told) for told in table[column].dropna().unique() if _PLAIN.fullmatch(told)}
                out[name] = out[name].assign(**{column: table[column].map(lambda told, ids=ids: ids.get(told, told))})
    return out


def _secret(key: str) -> bytes:
    try:
        secret = bytes.fromhex(key.strip())
    except ValueError:
        secret = b""
    if len(secret) < KEY_BYTES:
        raise ConsultationError(
            "The key of the pseudonyms is damaged.",
            do="Restore the file from a backup. With another key, the same people would get other pseudonyms.",
        )
    return secret
