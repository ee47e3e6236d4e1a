"""Packages (.docx, .odt) opened safely: bounded size, no entities, no network, nothing unpacked to disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any, Final

from lxml import etree

from consultation.errors import ConsultationError

EXPANDED_LIMIT: Final = 500_000_000  # bytes of a whole package
PART_LIMIT: Final = 60_000_000  # bytes of one XML part: a novel of a million words is a tenth of it
ENTRIES_LIMIT: Final = 20_000


class Package:
    """A zip package whose parts are read one by one and never more than `PART_LIMIT` bytes of each."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
            raise incomplete(name) from error
        if len(entries) > ENTRIES_LIMIT or sum(entry.file_size for entry in entries) > EXPANDED_LIMIT:
            raise ConsultationError(
                "It expands to more than 500 MB, or to very many files; refused before reading.",
                where=name,
                do="Open it in its own program, take out pictures and embedded files, and save a copy.",
            )
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        if any(entry.flag_bits & 1 for entry in entries):
            raise protected(name)

    def names(self) -> list[str]:
        return sorted(self._entries)

    def has(self, part: str) -> bool:
        return part in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises where it is damaged, or larger than it may be whatever it claims."""
        try:
            with self._zip.open(self._entries[part]) as stream:
                data = stream.read(PART_LIMIT + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
            ValueError,
            KeyError,
        ) as error:
            raise incomplete(self.name) from error
        if len(data) > PART_LIMIT:
            raise ConsultationError(
                f"Its part {part} expands to more than {PART_LIMIT // 1_000_000} MB; refused.",
                where=self.name,
                do="Split the document, or save its text as plain text.",
            )
        return data

    def xml(self, part: str) -> Any:
        """The root element of an XML part."""
        return parse_xml(self.read(part), self.name)

    def xml_or_none(self, part: str) -> Any:
        """The root element, or None where the part is absent or broken: for parts that hold no text of their own."""
        if part not in self._entries:
            return None
        try:
            return self.xml(part)
        except ConsultationError:
            return None


def parse_xml(data: bytes, name: str) -> Any:
    """XML without entities, document types or network. lxml itself refuses more than 256 levels.

    Raises `ConsultationError` where it is broken or holds a document type, which these formats never do.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise incomplete(name) from error
    if root is None:
        raise incomplete(name)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ConsultationError(
            "It holds definitions (a document type) that documents of this kind never have; refused.",
            where=name,
            do="Open it in its own program and save a copy; if you do not know where it came from, do not open it.",
        )
    return root


def incomplete(name: str) -> ConsultationError:
    return ConsultationError(
        "The file is damaged or incomplete: its end or a part of it is missing.",
        where=name,
        do="Download it or ask for it again; or open it in its own program, let that repair it, and save a copy.",
    )


def protected(name: str) -> ConsultationError:
    return ConsultationError(
        "The file is password-protected.",
        where=name,
        do="Open it in its own program, remove the password and save a copy.",
    )
