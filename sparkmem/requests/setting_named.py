"""Which settings a name alone stands for: a key, its last words, a flag of spark-submit, a variable of the environment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS
from sparkmem.spark.settings.keys import KEYS

_NAME = re.compile(r"(?:--)?[A-Za-z][A-Za-z0-9]{2,40}(?:[.\-_][A-Za-z0-9]{1,40}){0,8}")
_MOST_WORDS = 10
_ASKING = frozenset(re.findall(r"\w+", "a apache default does is mean meaning of property setting spark the value what"))
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+")


def settings_named(text: str) -> tuple[str, ...]:
    """The keys that a word or a few name; none for another text, or a word such as `memory` in which many end.

    >>> settings_named("--executor-memory"), settings_named("maxresultsize"), settings_named("heap")
    (('spark.executor.memory',), ('spark.driver.maxResultSize',), ())
    >>> settings_named("spark.executor.memory=8g"), settings_named("memory"), settings_named("offheap.size")
    ((), (), ('spark.memory.offHeap.size',))
    >>> settings_named("executor memory overhead"), settings_named("java heap space")
    (('spark.executor.memoryOverhead',), ())
    """
    name = text.strip()
    if not _NAME.fullmatch(name):
        return _in_words(name)
    key = OPTIONS.get(name) or OPTIONS.get(ENVIRONMENT.get(name, ""), "") or name
    if key in KEYS:
        return (key,)
    end = name.lower().removeprefix("spark.")
    ending = _in_order(key for key in _current() if key.lower().endswith(f".{end}"))
    return ending if ending and len(_WORDS.findall(ending[0][-len(end) :])) > 1 else ()


def _in_words(text: str) -> tuple[str, ...]:
    """The same where the parts of a name stand apart."""
    words = [word for word in text.lower().rstrip("?").split()[:_MOST_WORDS] if word not in _ASKING]
    wanted = "".join(words)
    if not (len(words) > 1 and wanted.isalpha()):
        return ()
    return _in_order(key for key in _current() if wanted in _endings(key))


def _endings(key: str) -> list[str]:
    parts = key.lower().split(".")
    return ["".join(parts[begin:]) for begin in range(1, len(parts))]


def _current() -> Iterator[str]:
    return (key for key, known in KEYS.items() if known.memory and not known.deprecated)


def _in_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of an executor first."""
    return tuple(sorted(keys, key=lambda key: not key.startswith("spark.executor.")))
