"""Options of a ``SparkSubmit`` that a text shows running without a master, which it hands on to no executor.

It takes ``local[*]`` (``SparkSubmitArguments.loadEnvironmentArguments``), where ``--executor-memory`` and its kin go nowhere
(``OptionAssigner(args.executorMemory, …)`` of ``SparkSubmit.prepareSubmitEnvironment`` names no ``LOCAL``); a master that
the program sets later, as sparklyr's does, finds Spark's default. Where no program says a master, a file of defaults may.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import OPTIONS

_SHOWN = re.compile(r"\borg\.apache\.spark\.deploy\.SparkSubmit[ \t][^\n]{1,4000}")
_MASTER = re.compile(r"--master\b|\bspark\.master=")
_BY_THE_PROGRAM = re.compile(r"\b[mM]aster(?:\s{0,3}=\s{0,3}|\(\s{0,3})[\"'](?:yarn|spark://|k8s://)")
_OF_EXECUTORS = ("--executor-memory", "--executor-cores", "--num-executors")
_MOST = 20
_ID = "option-without-master"


def without_them(whole: Configuration, text: str) -> Configuration:
    """The same without what such options set, each as lost; what a key of Spark's own sets stays."""
    commands = islice(_SHOWN.finditer(text), _MOST) if "deploy.SparkSubmit" in text else ()
    shown = next((found for found in commands if not _MASTER.search(found[0])), None)
    if shown is None or not _BY_THE_PROGRAM.search(text):
        return whole
    given = {OPTIONS[one]: one for one in _OF_EXECUTORS if f"{one} " in shown[0] or f"{one}=" in shown[0]}
    gone = [one for one in whole.settings if one.key in given and one.key not in text]
    said, see = LOST[_ID]
    lost = tuple(Lost(_ID, one.line, one.key, said.format(given=given[one.key]), f"set {one.key}", see) for one in gone)
    settings = tuple(one for one in whole.settings if one not in gone)
    return replace(whole, settings=settings, lost=(*whole.lost, *lost)) if gone else whole
