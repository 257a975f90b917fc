"""What is carried on from a text, and what never is: a key that no memory depends on, or a value that may be a secret."""

from __future__ import annotations

import re

from sparkmem.jvm.flag_names import is_flag
from sparkmem.spark.settings.keys import KEYS

JAVA_OPTIONS = frozenset(
    f"spark.{process}.{kind}JavaOptions" for process in ("driver", "executor", "yarn.am") for kind in ("default", "extra")
)

# Of the cluster, not of an application: what YARN may grant, and EMR's switch that sizes executors itself.
CLUSTER_KEYS = frozenset({
    "maximizeResourceAllocation",
    "yarn.nodemanager.pmem-check-enabled",
    "yarn.nodemanager.resource.cpu-vcores",
    "yarn.nodemanager.resource.memory-mb",
    "yarn.nodemanager.vmem-check-enabled",
    "yarn.nodemanager.vmem-pmem-ratio",
    "yarn.resource-types.memory-mb.increment-allocation",
    "yarn.scheduler.increment-allocation-mb",
    "yarn.scheduler.maximum-allocation-mb",
    "yarn.scheduler.maximum-allocation-vcores",
    "yarn.scheduler.minimum-allocation-mb",
    "yarn.scheduler.minimum-allocation-vcores",
})  # fmt: skip

# A flag of the JVM whose value, if it has one, is a number, a size or a switch; others may name files, hosts or passwords.
# A name is one that a JVM knows: any other may be a secret itself.
_MEMORY_FLAG = re.compile(
    r"-X(?:mx|ms|mn|ss)[0-9]+[kKmMgGtT]?|-XX:(?:[+-](\w{1,80})|(\w{1,80})=[0-9.]+[kKmMgGtT%]?)", re.ASCII
)
# What the value of any other key looks like: a number or a size with one of the units of Spark, Java or Kubernetes,
# also one that Spark will refuse (7.5g, 8 GB); a switch; nothing.  No password is of that shape, nor a host or a path.
_UNIT = r"(?:[bB]|[kKmMgGtTpP](?:[iI]?[bB]?)|[uUmM]?[sS]|min|[hd]|%|[eE][+-]?[0-9]{1,3}|[lLfFdD])"
# What Java reads as a double too.
_ODD = r"NaN|Infinity|0[xX][0-9a-fA-F]{0,40}(?:\.[0-9a-fA-F]{0,40})?[pP][+-]?[0-9]{1,10}[fFdD]?"
_WORDS = "[tT]rue|[fF]alse|TRUE|FALSE|null|None|unlimited"
_VALUE = re.compile(rf"[+-]?(?:[0-9]{{0,40}}(?:[.,][0-9]{{0,40}})?[ ]?{_UNIT}?|{_ODD})|{_WORDS}")
_LONGEST_VALUE = 60
_HOLES = re.compile(r"\$(?:\w{1,60}|\{\w{1,60}\})")
_NAME = re.compile(r"--?[A-Za-z][A-Za-z0-9_-]*|[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_LONGEST_NAME = 120


def carried(key: str) -> bool:
    """Whether a setting of that key is carried on.

    >>> carried("spark.executor.memory"), carried("spark.hadoop.fs.s3a.secret.key")
    (True, False)
    """
    return key in KEYS and KEYS[key].memory


def shaped(value: str, variables: tuple[str, ...] = ()) -> bool:
    """Whether a value has the shape of a number, a size or a switch; no other is carried on, as it may be a secret.

    Blanks around it are Spark's to read: ``JavaUtils.byteStringAs`` takes them off, a JVM's ``-Xmx`` does not.

    >>> [shaped(text) for text in ("8g", "7.5g", "true", "0x1.p-1d", " 8g ", "hunter2", "8g # pw")]
    [True, True, True, True, True, False, False]
    """
    if variables:
        value = _HOLES.sub("", value[: _LONGEST_VALUE + 200])
    return len(value) <= _LONGEST_VALUE and bool(_VALUE.fullmatch(value.strip(" \t")))


def java_options(text: str) -> tuple[str, list[str]]:
    """The flags that shape a JVM's memory, and the names of all others, whose values are dropped.

    >>> java_options("-XX:+UseG1GC -Dpassword=x y -Xss4m")
    ('-XX:+UseG1GC -Xss4m', ['-Dpassword', '…'])
    >>> java_options("-XX:+CorrectHorse -XX:BatteryStaple=7 -XX:+UseStringDeduplication")
    ('-XX:+UseStringDeduplication', ['…', '…'])
    """
    words = text.split()
    kept = [word for word in words if _is_flag(word)]
    return " ".join(kept), [_flag_name(word) for word in words if not _is_flag(word)]


def _is_flag(word: str) -> bool:
    match = _MEMORY_FLAG.fullmatch(word)
    name = match and (match[1] or match[2])
    return bool(match) and (not name or is_flag(name))


def _flag_name(word: str) -> str:
    name = re.split(r"[=:]", word.removeprefix("-XX:"), maxsplit=1)[0]
    if not word.startswith("-") or (word.startswith("-XX:") and not is_flag(name)):
        return "…"  # no flag, and perhaps what follows a blank in a password
    return safe_name(name)


def safe_name(text: str) -> str:
    """The text where it is the name of a key or an option, else dots: what is shown of something passed over.

    >>> safe_name("spark.ssl.keyPassword"), safe_name("hunter2!")
    ('spark.ssl.keyPassword', '…')
    """
    return text if len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) else "…"


def has_half_pair(text: str) -> bool:
    """Whether the text holds a lone surrogate, which no file can."""
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def cluster_manager(master: str) -> str:
    """The cluster manager that a master URL names, without its hosts; empty where it names none.

    >>> cluster_manager("k8s://https://10.0.0.1:443"), cluster_manager("local[4]")
    ('kubernetes', 'local')
    """
    if master == "yarn":
        return "yarn"
    if master == "local" or master.startswith(("local[", "local-cluster[")):
        return "local"
    return {"k8s": "kubernetes", "spark": "standalone"}.get(master.split("://", 1)[0], "") if "://" in master else ""


MASTERS = {"yarn": "yarn", "kubernetes": "k8s://https://HOST:443", "standalone": "spark://HOST:7077", "local": "local[*]"}
