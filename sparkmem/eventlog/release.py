"""Which Spark wrote a log: its own words, a vendor's addition kept, and the release that the model knows for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.configuration.labels import release_of_label
from sparkmem.release import NEWEST, RELEASES

_VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})(?:\.(\d{1,5}))?([-.+].{1,60}|[a-z].{0,60})?")


@dataclass(frozen=True)
class Version:
    """What the log says (``said``), what of it a vendor added, the release of the model, and whether that is the same."""

    said: str
    vendor: str
    name: str
    known: bool

    @property
    def before_unified(self) -> bool:
        """Whether it is older than 1.6, and divides the heap as later ones do in legacy mode alone.

        >>> version_of("1.4.0-SNAPSHOT").before_unified, version_of("2.4.8").before_unified
        (True, False)
        """
        return bool(self._numbers) and self._numbers < (1, 6)

    @property
    def other_defaults(self) -> dict[str, str]:
        """Defaults of a release that the model does not know, where they differ from those of the one it is computed as.

        ``UnifiedMemoryManager.getMaxMemory`` of 1.6; from 2.0 on it is 0.6 (SPARK-15796).

        >>> version_of("1.6.1").other_defaults, version_of("2.0.0").other_defaults
        ({'spark.memory.fraction': '0.75'}, {})
        """
        return {"spark.memory.fraction": "0.75"} if self._numbers == (1, 6) else {}

    @property
    def _numbers(self) -> tuple[int, ...]:
        match = _VERSION.fullmatch(self.said.strip())
        return (int(match[1]), int(match[2])) if match else ()


def version_of(said: str) -> Version:
    """The version; where the model does not know it, the nearest release that it knows.

    >>> version_of("3.5.3-amzn-0"), version_of("4.3.0").name, version_of("2.3.1").known, version_of("").name
    (Version(said='3.5.3-amzn-0', vendor='-amzn-0', name='3.5', known=True), '4.3', False, '4.3')
    """
    match = _VERSION.fullmatch(said.strip())
    if not match:
        return Version(said, "", NEWEST, False)
    number, vendor = (int(match[1]), int(match[2])), match[4] or ""
    name = f"{number[0]}.{number[1]}"
    if name in RELEASES:
        return Version(said, vendor, name, True)
    older = [one.name for one in RELEASES.values() if one.number <= number]
    return Version(said, vendor, older[-1] if older else next(iter(RELEASES)), False)


def version_of_label(label: str) -> Version:
    """The version that a vendor's runtime has in it, where the vendor's list was seen.

    >>> version_of_label("13.3.x-aarch64-photon-scala2.12")
    Version(said='13.3.x-aarch64-photon-scala2.12', vendor='13.3.x-aarch64-photon-scala2.12', name='3.4', known=True)
    """
    found = release_of_label(label[:200])
    return Version(label, label, found[0], True) if found else version_of(label)
