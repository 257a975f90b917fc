"""An application's settings as ``SparkConf`` keeps them: texts by key, read by one release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sparkmem.record import record
from sparkmem.spark.settings.entry import Entry

# SparkConf.configsWithAlternatives; both were renamed in 2.3 and still work in 4.3.
OLD_NAMES = {
    "spark.executor.memoryOverhead": "spark.yarn.executor.memoryOverhead",
    "spark.driver.memoryOverhead": "spark.yarn.driver.memoryOverhead",
}


@record
class SparkConf:
    """Settings as an application gives them, and the release that reads them.

    >>> from sparkmem.spark.settings.config import EXECUTOR_MEMORY
    >>> SparkConf({"spark.executor.memory": "2g"}, "4.3").get(EXECUTOR_MEMORY)
    2048
    """

    settings: Mapping[str, str]
    release: str

    def text(self, key: str) -> str | None:
        """The text given under the key, or else under its old name; None where there is none."""
        if key in self.settings or key not in OLD_NAMES:
            return self.settings.get(key)
        return self.settings.get(OLD_NAMES[key])

    def contains(self, entry: Entry) -> bool:
        """Whether the application says something of the entry; an empty text is something too."""
        return self.text(entry.key) is not None

    def get(self, entry: Entry) -> Any:
        """The entry's value, its default, or None for one that has neither; ``Refused`` as Spark refuses."""
        key = entry.key
        text = self.settings.get(key)
        if text is None and key in OLD_NAMES:
            text = self.settings.get(OLD_NAMES[key])
        return entry.default_at(self.release) if text is None else entry.read(text, self.release)

    def plus(self, settings: Mapping[str, str]) -> SparkConf:
        """The same with further settings, which win."""
        return replace(self, settings={**self.settings, **settings})
