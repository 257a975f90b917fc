"""The heap of Spark's Thrift server, which its launcher takes as a daemon's: SPARK_DAEMON_MEMORY goes before all others.

(launcher/src/main/java/org/apache/spark/launcher/SparkSubmitCommandBuilder.java, ``buildSparkSubmitCommand``: ``tsMemory``.)
"""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Ignored, Lost, Setting

_GIVEN = clue(
    ("SPARK_DAEMON_MEMORY",),
    r"(?<![\w.#])(?P<name>SPARK_DAEMON_MEMORY)[\"']?(?:[ \t]{0,3}[=:][ \t]{0,3}|[ \t]{1,3})[\"']?"
    r"(?P<heap>[0-9]{1,6}[kKmMgGtT])\b",
)
_SERVER = re.compile(r"\bstart-thriftserver\.sh\b|\bHiveThriftServer2\b")
_OTHER_DAEMONS = re.compile(
    r"\bstart-(?:master|workers?|slaves?|all|history-server)\.sh\b|\bdeploy\.(?:master|worker)\.|\bSPARK_MODE\b"
)
_KEY, _ID = "spark.driver.memory", "daemon-memory"


def with_its_heap(whole: Configuration, text: str) -> Configuration:
    """The same with that variable as the driver's heap, where the text starts no other daemon that it may be meant for."""
    given = _GIVEN.search(text)
    if given is None or not _SERVER.search(text) or _OTHER_DAEMONS.search(text):
        return whole
    line = text.count("\n", 0, given.start("name")) + 1
    heap = Setting(_KEY, given["heap"], line, given["name"])
    kept = tuple(one for one in whole.settings if one.key != _KEY)
    said, see = LOST[_ID]
    others = [one for one in whole.settings if one.key == _KEY and not is_same(_KEY, one.value, heap.value)]
    lost = [Lost(_ID, one.line, _KEY, said, f"take {given['name']} out, or give it this size", see) for one in others]
    ignored = tuple(one for one in whole.ignored if one.text != given["name"])
    ignored += tuple(Ignored(one.line, one.written_as, said) for one in others)
    return replace(whole, settings=(*kept, heap), lost=(*whole.lost, *lost), ignored=ignored)
