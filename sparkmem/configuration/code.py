"""Programs that set memory in another way than by a builder's methods: operators, launchers, dictionaries, constants."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.clue import clue
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import TOO_LATE
from sparkmem.configuration.literals import language
from sparkmem.configuration.pairs import Pairs
from sparkmem.configuration.program import Program
from sparkmem.configuration.setting import Ignored
from sparkmem.configuration.submit_options import COMMANDS_LINE

FORMAT = "code"

_SIGN = clue(
    (
        "'", '"', "`", "r_memory", "r_Memory", "rmemory", "rMemory", "R_MEMORY", "PYSPARK_SUBMIT_ARGS", "BashOperator",
        "SparkSubmitOperator", "SparkLauncher", "subprocess", "spark_config", "sparkR.session", "spark_connect", "$s",
        "Resource", "Spec(", "Config(", "Settings(",
    ),
    r"[\"'](?:--)?spark(?:lyr\.shell)?\.[\w.-]{3,80}[\"']|\b(?:executor|driver)_?(?:memory|Memory)\w*[\"']?\s{0,5}[=:]"
    r"|\bSPARK_(?:EXECUTOR|DRIVER)_MEMORY: [A-Za-z]"
    r"|\.(?:set|with)?_?(?:[eE]xecutor|[dD]river)_?[mM]emory\("
    r"|\b(?:PYSPARK_SUBMIT_ARGS|BashOperator|SparkSubmitOperator|SparkLauncher|subprocess|spark_config)\b"
    r"|[\"']--(?:conf|executor-memory|driver-memory)[\"' =]|\$\"--[a-z]|\bappend\(\s{0,3}[\"'][ ]?--[a-z]"
    r"|[=\[(,:]\s{0,3}[A-Za-z$]{0,2}[\"'`]{1,3}\s{0,20}(?:\S{0,80}/)?spark-submit\s"
    r"|\bkind[\"']?\s{0,12}[:=]\s{0,3}[\"'](?:Scheduled)?SparkApplication[\"']"
    r"|\b(?:sparkR\.session|spark_connect)\b|\b(?:Driver|Executor)(?:Resources?|Spec|Config|Settings)\("
    r"|\$[`]?s(?:park|parklyr)\.[\w.]|[\"']spark\.[\w.-]{3,80}[ =:][^\"'\n]{1,200}\\n"
)
_ENDINGS = {"python": r"\.py[\"']", "jvm": r"(?<!command-runner)\.jar[\"']"}
_STARTS_JOBS = re.compile(
    r"\b(?:import|from)\s+[\"'{*]?[^\n]{0,80}?\b(?:pulumi|aws_cdk|aws-cdk-lib|airflow|luigi|boto3|requests|google\.cloud|azure|cdktf|oci|kubernetes)\b",
    re.MULTILINE,
)  # so that the language is not that of the job
_IS_THE_JOB = re.compile(r"\b(?:import|from) pyspark\b")
_RUNS_ALREADY = re.compile(r"\bwithSpark(?:Conf)?\s{0,3}\(")  # of Spark's API for Kotlin, whose program is the driver
_IN_A_LIST = re.compile(r"(?<=[(,\s])`?(spark\.[\w.-]{3,80})`?([ \t]{0,20}=(?!=))")
_ELEMENT = re.compile(r"\$`?(spark(?:lyr)?\.[\w.-]{3,80})`?[ \t]{0,20}(<-|=(?!=))")  # of a list in R


_OF_R = re.compile(r"\b(?:spark_config|spark_connect)\(|\bsparkR\.\w")
"""Of R, whose language is told by the words of the whole text."""
_FROM, _OF_AN_IMAGE = re.compile(r"^FROM \S", re.MULTILINE), re.compile(r"^(?:ENV|ENTRYPOINT|CMD|RUN|COPY) ", re.MULTILINE)

_OF_A_SHELL = re.compile(r"\A#!\S{0,60}\b(?:ba|da|k|z)?sh\b|^[ \t]*(?:fi|esac)[ \t;]*$", re.MULTILINE)
"""Of a script, whose conditions and variables are a shell's."""


def looks_like(text: str) -> bool:
    """Whether a key stands in quotes, or a name that stands for one; what a Dockerfile or a script sets is a shell's."""
    of_a_shell = bool(_OF_A_SHELL.search(text)) or _is_dockerfile(text)
    return bool(_SIGN.search(text)) and not (of_a_shell and COMMANDS_LINE.search(text))


def _is_dockerfile(text: str) -> bool:
    return bool(_FROM.search(text) and _OF_AN_IMAGE.search(text))


def read(text: str) -> Configuration:
    """The settings beside their keys."""
    text = _ELEMENT.sub(r'[["\1"]] \2', text)
    if "<-" in text or "library(" in text or "sparkR" in text:
        text = _IN_A_LIST.sub(r'"\1"\2', text)
    found = combined(Pairs(Program(text), set(), branches=Branches(text)).read() or [Configuration((), format=FORMAT)])
    if not (found.settings or found.lost or found.ignored):
        raise ConfigurationError("a program without a key of Spark's beside a value")
    driver = next((one for one in found.settings if one.key == "spark.driver.memory"), None)
    if driver and driver.written_as == driver.key and _RUNS_ALREADY.search(text):
        found = replace(found, remarks=(*found.remarks, Ignored(driver.line, driver.key, TOO_LATE)))
    written_in = "" if _OF_R.search(text) else {"scala": "jvm", "python": "python"}.get(language(text), "")
    if written_in and _STARTS_JOBS.search(text) and not _IS_THE_JOB.search(text):
        written_in = _of_the_job(text)
    if written_in and not found.circumstances.language and re.search(r"\b(?:import|def|val|from)\s", text):
        found = replace(found, circumstances=replace(found.circumstances, language=written_in))
    return found


def _of_the_job(text: str) -> str:
    """The language of the application that a program starts, by what its file is called; empty where that is not told."""
    told = [name for name, ending in _ENDINGS.items() if re.search(ending, text)]
    return told[0] if len(told) == 1 else ""
