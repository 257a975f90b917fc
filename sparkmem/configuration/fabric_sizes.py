"""Sizes and cores that an environment of Fabric takes: a fixed list, which its provider for Terraform holds values against.

microsoft/terraform-provider-fabric, ``SparkEnvironmentExecutorMemoryValues`` and its kin; Fabric's REST interface itself
says only that they are texts (microsoft/fabric-rest-api-specs, ``environment/definitions.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST, SIZE_NOT_OFFERED
from sparkmem.configuration.setting import Lost

_ENVIRONMENT = "fabric_spark_environment_settings"
_BLOCK = re.compile(
    rf"^resource[ \t]+\"{_ENVIRONMENT}\"[^\n{{]{{0,200}}\{{[^\n]*\n(?:(?!\}})[^\n]*\n){{0,200}}", re.MULTILINE
)
_SIZES, _CORES = ("28g", "56g", "112g", "224g", "400g"), ("4", "8", "16", "32", "64")
_OFFERED = {
    "spark.driver.memory": _SIZES, "spark.executor.memory": _SIZES,
    "spark.driver.cores": _CORES, "spark.executor.cores": _CORES,
}  # fmt: skip
_FIELD = re.compile(r"(?:driver|executor)_(?:memory|cores)")
_MOST = 20


def with_sizes_not_offered(whole: Configuration, text: str) -> Configuration:
    """The same with each value of such a resource as lost that is none of the list; what a property sets is Spark's own."""
    lost = tuple(_not_offered(whole, text))
    return replace(whole, lost=(*whole.lost, *lost)) if lost else whole


def _not_offered(whole: Configuration, text: str) -> Iterator[Lost]:
    said, see = LOST[SIZE_NOT_OFFERED]
    blocks = [_lines(text, found) for found in islice(_BLOCK.finditer(text), _MOST)] if _ENVIRONMENT in text else []
    for one in whole.settings:
        offered = _OFFERED.get(one.key, ())
        field = _FIELD.fullmatch(one.written_as) or not one.written_as.startswith("spark.")
        if offered and field and one.value not in offered and any(one.line in lines for lines in blocks):
            instead = f"write one of {', '.join(offered)}"
            yield Lost(SIZE_NOT_OFFERED, one.line, one.key, said, instead, see)


def _lines(text: str, found: re.Match[str]) -> range:
    first = text.count("\n", 0, found.start()) + 1
    return range(first, first + found[0].count("\n") + 1)
