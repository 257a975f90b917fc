"""An application as the register sees it: its settings, and what is known of where it runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sparkmem.record import record
from sparkmem.refusals.entries import is_read, read_any

YARN, KUBERNETES, STANDALONE, LOCAL = "yarn", "kubernetes", "standalone", "local"


@record
class Job:
    """Settings by key as they were given, the release that reads them, and where; "" is *not known*.

    ``local_cores`` are those of ``local[N]``, ``java`` is the version of the JVMs, each 0 where it is not known.
    """

    settings: Mapping[str, str]
    release: str
    manager: str = ""
    deploy_mode: str = ""
    language: str = ""
    local_cores: int = 0
    java: int = 0

    def given(self, key: str) -> bool:
        """Whether the application says something of the key; an empty text is something too."""
        return key in self.settings

    def value(self, key: str, default: Any = None) -> Any:
        """The key's value as the release reads it, the default where it reads no such key; ``Refused`` as Spark refuses.

        >>> Job({"spark.executor.cores": " 4 "}, "4.3").value("spark.executor.cores", 1)
        4
        >>> Job({"spark.memory.useLegacyMode": "true"}, "4.3").value("spark.memory.useLegacyMode", False)
        False
        """
        text = self.settings.get(key)
        read = text is not None and is_read(key, self.release)
        return read_any(key, text, self.release) if text is not None and read else default
