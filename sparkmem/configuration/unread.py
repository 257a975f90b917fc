"""Of a text of which nothing is read: what it looks like, what is read of that kind, and the next step."""

from __future__ import annotations

import re

from sparkmem.configuration.no_text import no_text

_KEYS = "a key and its value, as in spark.executor.memory=8g"
_ELSE = f"write {_KEYS}, or paste the command that starts the job"
_ASKS = re.compile("copy|give|look|open|paste|read|save|take|unpack|write")
_FAILED = "look it up with sparkmem diagnose, or its first line among the symptoms, and paste here the command of the job"

# (how it is told, what it looks like, what is read of that kind or the next step), the surest first.
_KINDS: tuple[tuple[str, str, str], ...] = (
    (r"\A\ufffd|[\x00-\x08\x0e-\x1a]", "a compressed or binary file", "unpack it, and paste its text"),
    (r"\borg\.apache\.spark\.deploy\.(?:worker\.Worker|master\.Master|history\.HistoryServer)\b",
     "the command of a daemon of Spark's, which runs no application itself",
     "paste the spark-submit command or spark-defaults.conf of the job"),
    (r"^[ \t]*at [\w.$]{3,200}\([\w.]{1,80}(?::\d+)?\)"
     r"|\b(?:java\.lang\.\w+Error|Exception in thread|Traceback \(most recent)",
     "an error with its stack", _FAILED),
    (r"\bContainer killed by YARN|\bexit(?:ed with| status:?| code:?)\s{0,3}(?:137|143|52)\b|\bOOMKilled\b"
     r"|\bnon-zero exit code \d|\brunning beyond (?:the )?'?(?:virtual|physical)'? memory limit"
     r"|\bOutOfMemory\w{0,20}\b|\bExecutorLostFailure\b",
     "the end of a container", _FAILED),
    (r"\"Event\"\s*:\s*\"SparkListener", "an event log without its line of the environment",
     "paste the line that holds SparkListenerEnvironmentUpdate"),
    (r"\A\s*<!DOCTYPE html|\A\s*<html\b", "the source of a web page", "paste the rows of its Environment page as text"),
    (r"\A\s*https?://\S+\s*\Z", "an address, and nothing is fetched from here", "paste the text that stands there"),
    (r"^[\w.-]{1,60}\s{2,}\d+/\d+\s+(?:Running|Pending|Error|Completed|OOMKilled|CrashLoop\w*)\b", "a list of pods",
     "paste the SparkApplication, or the command with its --conf"),
    (r"^[ \t|]{0,9}Executor ID[ \t|]{1,9}Address\b", "the table of executors of the web UI",
     "read it with sparkmem diagnose, and paste here the command of the job"),
    (r"^[ \t]*total\s+used\s+free\b|^Mem:\s", "the memory of a machine", f"paste beside it what the job sets: {_KEYS}"),
    (r"\A\s*(?:select|with\s+\w+\s+as\s*\(|insert|create|drop|alter|merge)\s", "a statement of SQL",
     "of SQL a SET is read, as in SET spark.executor.memory=8g;"),
    (r"\A\s*[\[{]", "JSON without a setting of Spark's", f"of JSON {_KEYS.replace('=8g', ': 8g')} is read, at any depth"),
    (r"^[ \t]*(?:apiVersion|kind|services|metadata|version):(?:\s|$)", "YAML without a setting of Spark's",
     "of YAML a SparkApplication, sparkConf, and variables such as SPARK_EXECUTOR_MEMORY are read"),
    (r"^[ \t]*(?:resource|variable|module|provider)\s+\"", "Terraform without a setting of Spark's",
     "of Terraform spark_conf, configurations and options of a command are read"),
    (r"^[ \t]*(?:import|from|package|def|val|var|class|object|library)\b[^\n]*$",
     "a program that sets nothing of Spark's memory",
     "paste the lines with .config(…) or the command that starts it"),
    (r"^[ \t]*(?:FROM|RUN|COPY|ENTRYPOINT)\s\S", "a Dockerfile", "of it ENV SPARK_EXECUTOR_MEMORY and its kin are read"),
    (r"^[ \t]*(?:#!|set -|export |cd |kubectl |docker |aws |helm )", "a script without a command of Spark's",
     "paste the part with spark-submit"),
    (r"^[ \t]*(?:#|//|--[ \t])[ \t]*spark\.[\w.]{3,80}[ \t=:]{1,60}\S", "settings that are all remarks, so that none holds",
     "take the sign away that stands before them"),
    (r"^[ \t]*(?:jobmanager|taskmanager)\.[\w.-]{1,80}[ \t]*[:=]", "the configuration of Flink, which has keys of its own",
     "paste what a job of Spark sets"),
    (r"^[ \t]*(?:query\.max-(?:total-)?memory|memory\.heap-headroom)[\w.-]{0,40}[ \t]*=",
     "the configuration of Trino, which has keys of its own", "paste what a job of Spark sets"),
    (r"\A(?:[ \t]*(?:[#!][^\n]*)?\n)*[ \t]*(?!spark\.)[A-Za-z][\w-]{0,40}(?:\.[\w-]{1,40})+"
     r"(?:[ \t]*[:=][ \t]*|[ \t]+)[^\s:=]",
     "settings of another program: no key of them begins with spark.", f"write {_KEYS}"),
    (r"\b\d{1,6}(?:\.\d{1,3})?\s?(?:[KMGT]i?B?|[kmgt]b?)\b(?!\.)", "sizes without the names of settings",
     f"write {_KEYS}, or --executor-memory 8g, on a line of its own"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.MULTILINE | (re.I if "select|with" in pattern else 0)), what, next)
                  for pattern, what, next in _KINDS)  # fmt: skip
_LOOKED_AT = 50_000


def tells_of_failure(text: str) -> bool:
    """Whether a text is what a failure left behind: such lines look like keys with values, and are none.

    >>> tells_of_failure("java.lang.OutOfMemoryError: Java heap space"), tells_of_failure("java.home: /opt/java")
    (True, False)
    """
    return any(pattern.search(text[:_LOOKED_AT]) for pattern, _, step in _COMPILED if step is _FAILED)


def unread(text: str) -> str:
    """What is said of a text of which nothing is read.

    >>> unread("executors have 10 GB each")
    'this looks like sizes without the names of settings: write a key and its value, as in spark.executor.memory=8g, or \
--executor-memory 8g, on a line of its own'
    """
    found = _looks_like(text)
    return f"this looks like {': '.join(found)}" if found else f"no setting of Spark's is in it: {_ELSE}"


def next_step(text: str) -> str:
    """What to write or paste instead, which is what a refusal begins with.

    >>> next_step("hello")
    'write a key and its value, as in spark.executor.memory=8g, or paste the command that starts the job'
    """
    step = (_looks_like(text) or ("", ""))[1]
    return step if _ASKS.match(step) else _ELSE + (f"; {step}" if step else "")


def _looks_like(text: str) -> tuple[str, str] | None:
    """What it looks like, and the next step."""
    if found := no_text(text):
        return found
    near = text[:_LOOKED_AT]
    return next(((what, step) for pattern, what, step in _COMPILED if pattern.search(near)), None)
