"""Why something of a text is passed over: the words for it, and those for a key that is not carried on."""

from __future__ import annotations

import re

from sparkmem.configuration.meaning import meant_by_words
from sparkmem.configuration.submit_options import JVM_VARIABLES
from sparkmem.spark.settings.keys import KEYS, misspelt, nearest

NOT_HANDED_ON = "spark-submit does not hand it on"
NOT_MEMORY = "not a memory setting"
NOT_OF_SPARK = "not a key of Spark: those begin with spark."
SECOND_COMMAND = "a second command: the first one is read"
EARLIER = "an earlier try of the same application: the last one is read"
NOT_ASKED = "a job that the text does not ask about: another one is read"
OTHER_DOCUMENT = "another document: the first SparkApplication is read"
OTHER_FILE = "settings in another file, which is not in the text"
PROPERTIES_FILE = "not read: what it says counts where the command says nothing"
ELSEWHERE = (OTHER_FILE, PROPERTIES_FILE)
"""Reasons by which keys that the text does not set may be set all the same."""
NO_VALUE = "null, which sets nothing"
OTHER_OUTPUT = "another output"
OTHER_ENVIRONMENT = "another environment"
OTHER_SESSION = "of another session, on another cluster manager: one is read"
OF_APPLICATION = "arguments of the application"
ONLY_A_RUN = "only a run would tell"
UNDER_A_CONDITION = "a condition decides whether it is set: taken as if it were"
APART = (SECOND_COMMAND, OTHER_DOCUMENT, "the key stands again", OTHER_OUTPUT, OTHER_ENVIRONMENT, OTHER_SESSION)
"""How the reasons begin to pass over a whole part of a text, with all that is in it."""
_MEMORY_WORDS = re.compile("memory|overhead|heap", re.IGNORECASE)


def why_not(key: str) -> str:
    """Why a key is not carried on, and which one is meant by it."""
    if (variable := _variable(key)) in JVM_VARIABLES:
        return JVM_VARIABLES[variable]
    if key in KEYS:
        return NOT_MEMORY
    near = meant_by_words(key) or misspelt(key)
    if near:
        return f"no key of Spark: did you mean {near}?"
    if key.startswith("spark.") and len(key) <= 80 and _MEMORY_WORDS.search(key):
        near = nearest(key)
        return "not among the memory settings that we know" + (f"; the nearest is {near}" if near else "")
    if not key.startswith("spark."):
        return NOT_OF_SPARK
    return NOT_MEMORY


def _variable(key: str) -> str:
    """The variable that a key gives to the environment of executors or of a driver; empty where it is no such key."""
    parts = key.split("Env.", 1)
    return parts[1] if len(parts) == 2 and parts[0].startswith("spark.") else ""
