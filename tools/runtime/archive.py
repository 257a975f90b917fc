"""Zips and gzip streams that have the same bytes each time they are made."""

import gzip
import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
_UNCHECKED_HASH = (0b01).to_bytes(4, "little")


def stored_zip(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files, sorted by name, uncompressed: one gzip stream around it does better.

    >>> stored_zip({"b": b"2", "a": b"1"}) == stored_zip({"a": b"1", "b": b"2"})
    True
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name])
    return made.getvalue()


def files_of_zip(data: bytes) -> dict[str, bytes]:
    """Content of each file in a zip, by name, without the entries of folders."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def gzipped(data: bytes, level: int = 9) -> bytes:
    """A gzip stream without date or operating system, which Python's versions fill in differently."""
    stream = gzip.compress(data, level, mtime=0)
    return stream[:9] + b"\xff" + stream[10:]


def unchecked(bytecode: bytes) -> bytes:
    """A .pyc with a hash of its source, marked as not to be compared with it (PEP 552).

    There is no source beside it in the page.
    """
    if not bytecode[4] & 0b01:
        raise ValueError("this .pyc holds a date, not a hash: was SOURCE_DATE_EPOCH set?")
    return bytecode[:4] + _UNCHECKED_HASH + bytecode[8:]
