"""A setting of which its writer says that it has no effect: it is not what holds."""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.clue import clue
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import ENVIRONMENT, OPTIONS

_ID = "told-without-effect"
_NOT = r"(?:does(?:n['’]t| not)|did(?:n['’]t| not)|do(?:n['’]t| not))"
_SAID = clue(
    ("effect", "ignored", "picked up", "applied", "respected"),
    r"(?<![\w.])(?P<name>spark\.[\w.]{3,60}\w|--[a-z]{4,9}-[a-z]{4,9}|SPARK_[A-Z]{5,9}_[A-Z]{5,8})[`\"'*)]{0,3}"
    r"(?P<between>[^.;!?\n]{0,70}?) ?"
    rf"(?P<words>\b{_NOT} (?:seem to )?(?:have|take|be taking|be having) (?:any |an )?effect\b"
    r"|\b(?:ha[sd]|having) no effect\b"
    r"|\b(?:is|was|are|were|gets?|got|seems? to be) (?:silently |simply |completely |being )?ignored\b"
    rf"|\b(?:(?:is|was)(?:n['’]t| not) (?:being )?|{_NOT} (?:seem to )?(?:get|be) )(?:picked up|applied|respected)\b)",
)
_IN_GENERAL = re.compile(
    r"(?i)\b(?:(?<!as )if|when|unless|where|in (?:local|client|cluster|standalone)|on (?:yarn|kubernetes|k8s)|only)\b"
)
_OF_A_RULE = re.compile(
    r"(?i)[ ,]{1,2}(?:if|when|unless|where|in (?:local|client|cluster|standalone)|on (?:yarn|kubernetes|k8s))\b"
)
_WRITE = "set it where what starts the process reads it, and look at what the web UI shows of it"
_NEAR, _MOST = 60, 20


def without_them(whole: Configuration, text: str) -> Configuration:
    """The same with such settings as lost; a rule for some mode or manager says nothing of this job.

    >>> from sparkmem.configuration.configuration import configuration
    >>> found = configuration({"spark.executor.memory": "8g"})
    >>> without_them(found, "I set spark.executor.memory but it has no effect").values
    {}
    >>> without_them(found, "spark.executor.memory has no effect in local mode").values
    {'spark.executor.memory': '8g'}
    """
    said, see = LOST[_ID]
    for match in islice(_SAID.finditer(text), _MOST):
        around = text[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2] + match["between"]
        if _IN_GENERAL.search(around) or _OF_A_RULE.match(text, match.end()):
            continue
        key = OPTIONS.get(ENVIRONMENT.get(match["name"], match["name"]), match["name"])
        for one in whole.settings:
            if key == one.key and not any(other.key == key for other in whole.lost):
                words = said.format(given=" ".join(match["words"].split()))
                whole = whole.losing(one, Lost(_ID, one.line, key, words, _WRITE, see))
    return whole
