"""Numbers with units, as machines write them, in the lines of a text."""

from __future__ import annotations

import re

_ENDS = ("", "b", "i", "ib")
UNITS = {"": 1, "b": 1, **{f"{letter}{end}": 1024**power for power, letter in enumerate("kmgt", 1) for end in _ENDS}}
DECIMAL = {"K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
XMX = re.compile(r"-Xmx([0-9]{1,12})([kKmMgGtT]?)(?![\w.])")


_PREFIX = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]{8,18}(?:Z|[+-][0-9:]{4,6})? (?:stdout |stderr )?(?:[FP] )?"
    r"|[0-9]{2}/[0-9]{2}/[0-9]{2} [0-9:.]{8,15} |\[pod/[^\]\n]{1,200}\] |[\w.-]{1,60} {1,20}\| |> "
)
"""What runtimes and viewers put before each line."""


def bare(line: bytes) -> str:
    """A line as the machine wrote it, without what stands before it, the escapes of JSON, and its end.

    >>> bare(b"2024-01-05T10:11:12.123456Z VmRSS:\\t 12 kB\\r"), bare(b'\\\\"id\\\\": 1"}')
    ('VmRSS:\\t 12 kB', '"id": 1')
    """
    text = line.decode("utf-8", "replace").replace("\\", "")
    match = _PREFIX.match(text)
    return (text[match.end() :] if match else text).rstrip(' \t\r"}')


def size(number: str, unit: str = "") -> int:
    """Bytes of a number with its unit, in steps of 1024.

    >>> size("9011", "Mi"), size("1.5", "g"), size("77"), size("0.0", "B")
    (9448718336, 1610612736, 77, 0)
    """
    return int(float(number) * UNITS[unit.lower()]) if "." in number else int(number) * UNITS[unit.lower()]


def quantity(text: str) -> int | None:
    """Bytes of a quantity of Kubernetes; None where it is none.

    >>> quantity("9011Mi"), quantity("2G"), quantity("1610612736"), quantity("two")
    (9448718336, 2000000000, 1610612736, None)
    """
    match = re.fullmatch(r"([0-9]{1,19}(?:\.[0-9]{1,6})?)([KMGT]i|[kKMGT])?", text)
    if not match:
        return None
    unit = match[2] or ""
    many = UNITS[unit.lower()] if unit.endswith("i") or not unit else DECIMAL[unit.upper()]
    return int(float(match[1]) * many) if "." in match[1] else int(match[1]) * many


def heap_in(command: str) -> int | None:
    """The heap that a command line asks for, the last ``-Xmx`` of it; None where there is none.

    >>> heap_in("java -Xmx1g -server -Xmx8192m org.apache.spark.executor.CoarseGrainedExecutorBackend")
    8589934592
    """
    found = XMX.findall(command)
    return size(*found[-1]) if found else None
