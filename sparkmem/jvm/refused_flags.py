"""One flag with which a JVM does not start, in its own words: malformed, unknown to that Java, locked, or out of bounds."""

from __future__ import annotations

import re
from functools import cache

from sparkmem.jvm.bounds import BOUNDS, DIAGNOSTIC, EXPERIMENTAL, FIRST_IN
from sparkmem.jvm.dead_flags import dead_flags
from sparkmem.jvm.flags import COLLECTOR_FLAGS, FlagError, jvm_size

IGNORE, UNLOCK = "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockExperimentalVMOptions"
UNLOCK_DIAGNOSTIC = "-XX:+UnlockDiagnosticVMOptions"
_DOUBLE = re.compile(r"([0-9]{1,9}(\.[0-9]{0,17})?|\.[0-9]{1,17})")
_WRITTEN_OUT = {
    "MaxHeapSize": "Invalid maximum heap size: -XX:{}",
    "ReservedCodeCacheSize": "Invalid maximum code cache size: -XX:{}.",
}


def malformed(word: str, java: int) -> str:
    """A flag of a value that is none of its type."""
    name, has_value, value = word[4:].partition("=") if word.startswith("-XX:") else ("", "", "")
    if not has_value:
        return _without_value(word[4:], java) if word.startswith("-XX:") else ""
    kind = _bound(name, java)[0]
    if not kind and name not in _WRITTEN_OUT:
        return ""
    if kind == "double":
        well = bool(_DOUBLE.fullmatch(value.removeprefix("-") if java > 17 else value))
    else:
        whole = _whole(value, kind)
        wide = whole is not None and whole >> 32 and kind in ("uint", "int") and java > 17  # cut to 32 bits before
        well = whole is not None and not wide and (whole > 0 or name not in _WRITTEN_OUT)
    return "" if well else _WRITTEN_OUT.get(name, "Improperly specified VM option '{}'").format(word[4:])


def _without_value(flag: str, java: int) -> str:
    """A flag that wants a value and has none, or a switch without its sign."""
    if flag[:1] in ("+", "-") and _bound(flag[1:], java)[0]:
        return f"Unexpected +/- setting in VM option '{flag[1:]}'"
    if _bound(flag, java)[0]:
        return f"Improperly specified VM option '{flag}'"
    return f"Missing +/- setting for VM option '{flag}'" if flag in COLLECTOR_FLAGS else ""


def unknown(word: str, words: frozenset[str], java: int) -> str:
    """A flag that this Java has not, or that another flag has to open."""
    name = word[4:].lstrip("+-").partition("=")[0] if word.startswith("-XX:") else ""
    if IGNORE not in words and dead_flags(word, java):
        return dead_flags(word, java)[0]
    if IGNORE not in words and java < FIRST_IN.get(name, 0):
        return f"Unrecognized VM option '{word[4:].lstrip('+-')}'"
    if name in DIAGNOSTIC and UNLOCK_DIAGNOSTIC not in words:
        return f"Error: VM option '{name}' is diagnostic and must be enabled via {UNLOCK_DIAGNOSTIC}."
    if (name in EXPERIMENTAL or (name == "UseZGC" and java < 15)) and UNLOCK not in words:
        return f"Error: VM option '{name}' is experimental and must be enabled via {UNLOCK}."
    return ""


def out_of_bounds(word: str, java: int) -> str:
    """A flag with a number that is less or more than its type has in this Java."""
    name, has_value, value = word[4:].partition("=") if word.startswith("-XX:") else ("", "", "")
    kind, least, most = _bound(name, java) if has_value else ("", 0, 0)
    if not kind:
        return ""
    if kind == "double":
        number = float(value)
        if least <= number <= most:
            return ""
        return f"double {name}={number:f} is outside the allowed range [ {least:f} ... {most:f} ]"
    whole = _whole(value, kind)
    if whole is not None and kind in ("uint", "int"):
        whole %= 1 << 32  # as 11 and 17 keep it, unseen
    if whole is None or least <= whole <= most:
        return ""
    return f"{kind} {name}={whole} is outside the allowed range [ {least} ... {most} ]"


def _whole(text: str, kind: str) -> int | None:
    """The number that the JVM reads; a minus only where the type has one."""
    minus = text.startswith("-") and kind in ("intx", "int")
    try:
        found = jvm_size(text.removeprefix("-") if minus else text)
    except FlagError:
        return _unsigned(text)
    return -found if minus else found


def _unsigned(text: str) -> int | None:
    """A number between the most of a signed and that of an unsigned long; such a size is read, if it has no unit."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= 20 else -1
    return found if 0 <= found < 1 << 64 else None


@cache
def _bound(name: str, java: int) -> tuple[str, int, int]:
    """The type of a flag and its bounds in that Java; "" for one that is not known here."""
    found = ("", 0, 0)
    for row in BOUNDS.strip().splitlines():
        flag, kind, least, most, *later = row.split()
        if flag == name:
            found = (kind, int(least), int(most))
            for change in later:
                first, kind, least, most = change.split(":")
                found = (kind, int(least), int(most)) if java >= int(first) else found
    return found
