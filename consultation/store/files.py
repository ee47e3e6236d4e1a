"""Files written whole or not at all, and read with a plain message where they cannot be."""

from __future__ import annotations

import os
from pathlib import Path

from consultation.errors import ConsultationError


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that another program holds open is met with a plain message."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except PermissionError as error:
        raise ConsultationError(
            "The file cannot be written: another program has it open, or it is write-protected.",
            where=str(path),
            do="Close it in Excel or Word, then run the command again. Nothing was changed.",
        ) from error
    except OSError as error:
        raise ConsultationError(
            f"The file cannot be written: {error.strerror or error}.",
            where=str(path),
            do="Nothing was changed.",
        ) from error
    finally:
        beside.unlink(missing_ok=True)


def read_file(path: Path) -> bytes:
    """The bytes of a file; one that is absent or held by another program is met with a plain message."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConsultationError("There is no such file.", where=str(path), do="Check its name and folder.") from None
    except PermissionError:
        raise ConsultationError(
            "The file cannot be opened: another program holds it.",
            where=str(path),
            do="Close it in Excel, then try again.",
        ) from None
    except OSError as error:
        raise ConsultationError(f"The file cannot be read: {error.strerror or error}.", where=str(path)) from error


def read_workbook(path: Path) -> bytes:
    """The bytes of a workbook that a person filled in. Refused while it is open: what is not saved would be missed."""
    for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
        if lock.exists():
            raise ConsultationError(
                "The workbook is still open in Excel or LibreOffice, so changes that are not saved would be missed.",
                where=str(path),
                do=f"Save and close it there. If nobody has it open, delete “{lock.name}” beside it.",
            )
    return read_file(path)
