"""Keys that are none of Spark's, and values that are none of their key's: named, with what is meant by them."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import carried, safe_name, shaped
from sparkmem.configuration.fields import name_for_sparklyr, option_of_sparklyr
from sparkmem.configuration.gathered import TEMPLATE, Gathered
from sparkmem.configuration.lost import MEANT, NO_SUCH_KEY, OF_A_POD, OF_A_WORKER
from sparkmem.configuration.meaning import is_no_key, meant_by_words, without_a_process
from sparkmem.configuration.passed_over import NOT_MEMORY, why_not
from sparkmem.configuration.submit_options import OPTIONS, near_option
from sparkmem.spark.settings.keys import KEYS, misspelt

ALONE = ", and nothing behind it"
"""How the advice ends where a word or two stand behind a value: a part of it, for Java's properties and for a shell."""
_WORDS_BEHIND = re.compile(
    r"((?:[0-9.]{1,20} (?=[kKmMgGtT]i?[bB]?\b))?[^\s;/=]{1,40})[\s;/=]{1,20}\"?\w\S{0,80}(?:\s{1,20}\"?\w\S{0,80})?"
)
_QUOTED = re.compile(r"([\"'])([^\"']{1,60})\1[;,]?")
_BY_SUBMIT = ("spark-submit", "spark-defaults")
"""Forms of which ``SparkSubmitArguments.ignoreNonSparkProperties`` leaves out keys."""
_OF_PEOPLE = ("markdown", "table", "any-text")
"""Forms that are written for people, whose words Spark is never given."""
LEFT_OUT = re.compile(
    r"[\s(<*_`-]{0,4}(?:(?i:(?:the )?defaults?(?: value)?|not set|unset|n/?a|standard)|[-–—])[\s)>*_`-]{0,4}"
)


def pass_over(found: Gathered, key: str, line: int) -> None:
    """Name a key that is not carried on, and say what is meant where it is a memory setting gone wrong."""
    found.ignore(line, safe_name(key), NOT_MEMORY if found.left_out else why_not(key))
    if found.left_out or key in KEYS:
        return
    if option := option_of_sparklyr(key):
        meant = OPTIONS.get(near_option(option.replace(".", "-").replace("_", "-")), "")
        if carried(meant):
            found.lose("option-misspelt", line, meant, f"write {name_for_sparklyr(meant)}", option)
        return
    if key in OPTIONS:
        found.lose("key-misspelt", line, OPTIONS[key], f"write {key} by itself, and no --conf before it", key)
        return
    if variable := OF_A_WORKER.get(key):
        found.lose("key-misspelt", line, key, f"write {variable} into the spark-env.sh of the worker")
        return
    near = MEANT.get(key) or meant_by_words(key) or misspelt(key) or without_a_process(key)
    if near and carried(near):
        id = "key-has-space" if key.strip() == near else "key-misspelt"
        id = "key-wrong-case" if id == "key-misspelt" and key.lower() == near.lower() else id
        found.lose(id, line, key if safe_name(key) == key else near, f"write {near}", safe_name(key.strip()))
        if found.losses and found.format in _BY_SUBMIT and not key.startswith("spark."):
            said = f"{safe_name(key.strip())} does not begin with spark.: spark-submit leaves it out, with a warning"
            found.losses[-1] = replace(found.losses[-1], text=said)
    elif (pod := OF_A_POD.fullmatch(key)) or is_no_key(key):
        write = f"write spark.{pod[1]}.memoryOverhead: a pod is asked for heap and overhead together" if pod else ""
        found.lose(NO_SUCH_KEY, line, key, write)


def name_value(found: Gathered, key: str, value: str, line: int) -> None:
    """Say of a value that is none of its key why not; the value itfound may be a secret."""
    if found.format in _OF_PEOPLE and LEFT_OUT.fullmatch(value[:40]):
        found.ignore(line, safe_name(key), "left at its default, by the text")
        return
    text = value.strip()
    found.ignore(line, safe_name(key), "the value is no number, size or switch, and is not repeated here")
    first = text.split(None, 1)[0] if text else ""
    write = f"write {key} and its value alone"
    if TEMPLATE.search(text[:2000]):
        found.hole(key, line, "a template fills it in")
    elif re.search(r"(?:^|\s)(?:#|//|--\s|<-+\s|←)", text[:2000]):
        write = f"write {first}, and the remark on a line of its own" if shaped(first) else write
        found.lose("remark-in-value", line, key, write)
    elif re.search(r"--|[,;\s]spark\.|\\", text[:2000]):
        found.lose("value-runs-on", line, key, write)
    elif (quoted := _QUOTED.fullmatch(text[:80])) and shaped(quoted[2]):
        found.lose("value-not-readable", line, key, f"write {quoted[2]} without the quotes, which are a part of the value")
    else:
        alone = _WORDS_BEHIND.fullmatch(text[:200])
        found.lose("value-not-readable", line, key, f"write {alone[1]}{ALONE}" if alone and shaped(alone[1]) else write)
