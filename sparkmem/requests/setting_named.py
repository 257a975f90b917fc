"""Which settings a name alone stands for: a key, its last words, a flag of spark-submit, a variable of the environment."""

from __future__ import annotations

import re

from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS
from sparkmem.spark.settings.keys import KEYS

_NAME = re.compile(r"(?:--)?[A-Za-z][A-Za-z0-9]{2,40}(?:[.\-_][A-Za-z0-9]{1,40}){0,8}")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+")


def settings_named(text: str) -> tuple[str, ...]:
    """The keys that a text of one word names; none where it is another text, or a word such as `memory` in which many end.

    >>> settings_named("--executor-memory"), settings_named("maxresultsize"), settings_named("heap")
    (('spark.executor.memory',), ('spark.driver.maxResultSize',), ())
    >>> settings_named("spark.executor.memory=8g"), settings_named("memory"), settings_named("offheap.size")
    ((), (), ('spark.memory.offHeap.size',))
    """
    name = text.strip()
    if not _NAME.fullmatch(name):
        return ()
    key = OPTIONS.get(name) or OPTIONS.get(ENVIRONMENT.get(name, ""), "") or name
    if key in KEYS:
        return (key,)
    end = name.lower().removeprefix("spark.")
    written = (key for key, known in KEYS.items() if known.memory and not known.deprecated)
    ending = [key for key in written if key.lower().endswith(f".{end}")]
    ending.sort(key=lambda key: not key.startswith("spark.executor."))
    return tuple(ending) if ending and len(_WORDS.findall(ending[0][-len(end) :])) > 1 else ()
