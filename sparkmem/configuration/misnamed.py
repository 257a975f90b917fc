"""Names of fields and variables that are a letter or two beside a setting's, as ``spark_diver_memory``: they set nothing."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from sparkmem.configuration.carried import carried
from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.setting import Lost
from sparkmem.spark.settings.keys import misspelt

_GIVEN = clue(
    ("spark_", "SPARK_"),
    r"(?m:^)[ \t]{0,20}(?:export |ENV |- )?[\"']?(?P<name>(?:spark|SPARK)_[A-Za-z_]{6,40})[\"']?"
    r"[ \t]{0,3}[:=][ \t]{0,3}[\"']?[0-9]{1,6}[kKmMgGtT]?[iI]?[bB]?[\"']?[ \t]*(?m:#|$)",
)
_MISSPELT = "key-misspelt"
_MOST = 40


def named(whole: Configuration, text: str) -> Configuration:
    """The same with such names as lost; one that the text uses again is a variable of its own."""
    lost = list[Lost]()
    said, see = LOST[_MISSPELT]
    for given in islice(_GIVEN.finditer(text), _MOST):
        name = given["name"]
        if key_of_field(name) or text.count(name) > 1:
            continue
        key = misspelt(name.lower().replace("_", "."))
        if carried(key) and key not in whole.values and not any(one.key == key for one in whole.lost):
            line = text.count("\n", 0, given.start("name")) + 1
            meant = key.replace(".", "_")
            write = f"write {meant.upper() if name.isupper() else meant}"
            lost.append(Lost(_MISSPELT, line, key, said.format(given=name), write, see))
    return replace(whole, lost=(*whole.lost, *lost)) if lost else whole
