"""What runs the job, concluded from keys, images, packages and labels, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sparkmem.configuration import (
    signs_of_languages,
    signs_of_managers,
    signs_of_releases,
    signs_of_vendors,
    words_of_local_mode,
)
from sparkmem.configuration.clue import Near
from sparkmem.configuration.configuration import Circumstances, Configuration
from sparkmem.configuration.deploy_evidence import on_kubernetes
from sparkmem.configuration.labels import release_of_label
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.machine_types import of_machines
from sparkmem.configuration.passed_over import SECOND_COMMAND
from sparkmem.configuration.setting import Lost, Said
from sparkmem.configuration.standalone_workers import of_workers
from sparkmem.release import RELEASES

_SIGNS = (*signs_of_releases.SIGNS, *signs_of_managers.SIGNS, *signs_of_languages.SIGNS, *signs_of_vendors.SIGNS)
"""What is said, its value or '' for a release that is captured, and how it is told, the surest of each first."""
_NEAR = Near(_SIGNS, lambda sign: sign[2])
_RUNS_ON = {
    "emr": "yarn", "dataproc": "yarn", "emr-on-eks": "kubernetes", "hdinsight": "yarn", "synapse": "yarn", "fabric": "yarn",
    "sagemaker": "yarn", "azureml": "yarn",
}  # fmt: skip
_SUBMITS = {"spark-application": "cluster"}  # the deploy mode of a submitter of that form, where it says none
_VENDOR_SUBMITS = {"emr-on-eks": "cluster"}
_SERVERS = re.compile(r"(?m:^)[ ]*kind:[ ]*[\"']?SparkCluster\b")
_A_SERVER = re.compile(
    r"(?i)\b(?:spark[-_ ]?)?(?:history[-_ ]?server|thrift[-_ ]?server|connect[-_ ]?server)|\bspark[-_]operator\b|\blivy\b"
    r"|\bSPARK_(?:HISTORY_OPTS|DAEMON_MEMORY)\b"
)
_HIVE = re.compile(r"\bhive\.(?:execution\.engine|spark\.\w)|\bhive-site\b")
_BY_HIVE = {"cluster-manager": "yarn", "deploy-mode": "cluster"}
"""What Hive takes where its settings say none (``HiveSparkClientFactory.SPARK_DEFAULT_MASTER``, ``…_DEPLOY_MODE``)."""
_FILES_OF_HIVE = ("properties-xml", "sql")
OLDER, OLDEST = "older-release", "2.4"
_OLDER = re.compile(r"[01]\.\d|2\.[0-3]")
_OTHER_RULES = re.compile(r"[01]\.\d")
"""Of the old releases those whose memory is managed in another way than that of the oldest that is computed here."""
_WHOLE = re.compile(r"(?i)\d\.\d\.\d|version|[-/]bin|\bmodule ")
_THE_LEAST = re.compile(r"(?i)\b(?:since|until|before|after|from|than|with|for|in|by|supports?)\s{1,3}(?:apache )?$")
_OR_LATER = re.compile(r"(?i)\+|[\w.]{0,6}\s?(?:\+|(?:and|or) (?:above|later|newer|higher|more)|, )")
_OF_SETTINGS = ("cluster-manager", "deploy-mode")
_REMARK = re.compile(r"(?i)[ \t]*(?:#+|//+|--+|;+)[ \t]*[\"']?(?:(?:spark|conf|config)?\.\w|export |set |--[a-z])")
_MOST_REMARKS = 20
_CODE_REMARKED = re.compile(r"(?:^[ \t]{0,40}#[ \t]?|[)\s]#,?[ \t]?)[A-Za-z][\w.$]{0,60}[ \t]{0,3}(?:=|<-)")
"""A remark that holds code, which somebody took out of the program; one in words tells something."""
_LOOKED_AT = 100_000


def concluded(found: Configuration, text: str) -> Configuration:
    """The configuration with what the text as a whole says of its circumstances, where it does not say so itself."""
    text = text[:_LOOKED_AT]
    known = {name.replace("_", "-"): value for name, value in vars(found.circumstances).items() if value}
    said, lost = list(found.said), list(found.lost)
    late = {one.line for one in lost if one.key == "spark.master"}
    for one in _signs(text, _start_of_line(text, min((one.line for one in found.settings if one.line), default=0))):
        if one.name == OLDER:
            if "release" not in known and _OTHER_RULES.fullmatch(one.value):
                lost.append(_older(one))
        elif one.name in ("vendor", "master"):
            told = any(other.name == one.name for other in said) or (one.name == "master" and "cluster-manager" in known)
            if not told:
                said.append(one)
        elif one.name == "cluster-manager" and one.line in late:
            continue  # of a builder whose session runs already
        elif one.name == "deploy-mode" and _is_of_another_job(known, found, text):
            continue
        elif one.name not in known and not (not found.settings and _is_of_a_server(one, text)):
            known[one.name] = one.value
            said.append(one)
    if "release" not in known and (java := known.get("java")) in signs_of_releases.JAVA_BEFORE_4:
        known["release"] = signs_of_releases.NEWEST_OF_3
        line = next((one.line for one in said if one.name == "java"), 0)
        said.append(Said("release", known["release"], line, f"Java {java}: none newer"))
    said += [*of_workers(text), *of_machines(text)]
    vendor = next((one for one in said if one.name == "vendor"), None)
    if vendor and vendor.value == "emr-on-eks" and not any(one.name == "cluster-manager" for one in said):
        known["cluster-manager"] = "kubernetes"  # and not YARN, which classifications alone stand for
    if vendor and vendor.value == "emr" and known.get("cluster-manager") == "kubernetes":
        said[said.index(vendor)] = vendor = replace(vendor, value="emr-on-eks")
    if vendor and "cluster-manager" not in known and vendor.value in _RUNS_ON:
        known["cluster-manager"] = _RUNS_ON[vendor.value]
        said.append(replace(vendor, name="cluster-manager", value=_RUNS_ON[vendor.value]))
    unsaid = not vendor and "cluster-manager" not in known and found.settings
    if unsaid and (local := words_of_local_mode.told(text, found.values)):
        known["cluster-manager"] = local.value
        said.append(local)
    if known.get("cluster-manager") == "kubernetes" and "deploy-mode" not in known and found.settings:
        mode = on_kubernetes(text, found.format)
        said += [mode] if mode else []
        known |= {mode.name: mode.value} if mode else {}
    for name, value in _of_submitter(found, vendor.value if vendor else "", text):
        if name not in known and known.get("cluster-manager") in (None, *_MODES_OF[name, value]):
            known[name] = value
            said.append(Said(name, value, words="the default of what submits it", assumed=True))
    circumstances = Circumstances(**{name.replace("-", "_"): value for name, value in known.items()})
    return replace(found, circumstances=circumstances, said=tuple(said), lost=tuple(lost))


_MODES_OF = {("cluster-manager", "yarn"): (), ("deploy-mode", "cluster"): ("yarn", "kubernetes", "standalone")}


def told(text: str, name: str) -> str:
    """What the words of a text say of one circumstance, the surest of them; empty where they say nothing."""
    text = text[:_LOOKED_AT]
    for of, value, clue in _NEAR.in_text(text):
        match = clue.pattern.search(text) if of == name else None
        if match and (match := _in_code(match, clue.pattern)):
            return value or next(filter(None, match.groups()), "")
    return ""


def _of_submitter(found: Configuration, vendor: str, text: str) -> Iterator[tuple[str, str]]:
    """What the program that submits a job takes where it is not told."""
    if found.format in _FILES_OF_HIVE and _HIVE.search(text):
        yield from _BY_HIVE.items()
    elif mode := ("" if _SERVERS.search(text) else _SUBMITS.get(found.format, "")) or _VENDOR_SUBMITS.get(vendor, ""):
        yield "deploy-mode", mode


_ANOTHER_MASTER = re.compile(r"--master[\s=\\\"']{1,6}(?:yarn|k8s://|spark://|\$)")


def _is_of_another_job(known: dict[str, str], found: Configuration, text: str) -> bool:
    """Whether a deploy mode may be another job's: the text has several commands or masters, and what is read has none."""
    manager = known.get("cluster-manager", "")
    others = {one.value for one in found.said if one.name == "cluster-manager"} - {manager}
    further = any(one.reason == SECOND_COMMAND for one in found.ignored)
    return further or bool(manager and others) or (manager == "local" and bool(_ANOTHER_MASTER.search(text)))


def _is_of_a_server(said: Said, text: str) -> bool:
    """Whether a manager is told by the resources of a pod alone, in a text that sizes a server and no application."""
    return said.words.lower().startswith(("limits", "requests")) and bool(_A_SERVER.search(text))


def _older(said: Said) -> Lost:
    """What is said of a release that is older than any that is computed: the oldest stands in its place."""
    words, see = LOST["release-older"]
    instead = f"read the figures as those of {OLDEST}"
    return Lost("release-older", said.line, "the release", words.format(given=said.value), instead, see)


def _start_of_line(text: str, number: int) -> int:
    """Where a line begins, 0 where there is none of that number."""
    at = 0
    for _ in range(number - 1):
        at = text.find("\n", at) + 1
        if not at:
            return 0
    return at


def _signs(text: str, settings: int) -> Iterator[Said]:
    looked_at = text.replace("\\n", "\n ")  # the lines of a text inside a string begin as others do
    for name, value, told in _NEAR.in_text(looked_at):
        match = told.pattern.search(looked_at)
        if match is None:
            continue
        if name in _OF_SETTINGS:
            match = _in_force(match, told.pattern)
        if match and name in ("release", *_OF_SETTINGS):
            match = _in_code(match, told.pattern)
        if match is None:
            continue
        stated = value.strip("*") or next(filter(None, match.groups()), "")
        if name == "release" and not value and _OLDER.fullmatch(stated) and _is_meant(match):
            yield Said(OLDER, stated, text.count("\n", 0, match.start()) + 1, _words(match[0]))
            stated = OLDEST
        if name != "release" or stated in RELEASES:
            yield Said(name, stated, text.count("\n", 0, match.start()) + 1, _words(match[0]))
    label = release_of_label(text, settings)
    if label:
        release, match = label
        yield Said("release", release, text.count("\n", 0, match.start()) + 1, _words(match[0]))
    if digits := signs_of_releases.IN_A_PATH.search(text):
        release, line = f"{digits[1]}.{digits[2]}", text.count("\n", 0, digits.start()) + 1
        if _OLDER.fullmatch(release):
            yield Said(OLDER, release, line, _words(digits[0]))
        if release in RELEASES or _OLDER.fullmatch(release):
            yield Said("release", release if release in RELEASES else OLDEST, line, _words(digits[0]))
    for release, told in signs_of_releases.NO_NEWER:
        match = told.search(text)
        match = match and _in_force(match, told.pattern)
        if match and (match := _in_code(match, told.pattern)):
            line, words = text.count("\n", 0, match.start()) + 1, f"{_words(match[0])}: none newer"
            yield Said("release", release, line, words)


def _is_meant(match: re.Match[str]) -> bool:
    """Whether an old release is the text's own: a whole number that is not told of as of the past or as the least."""
    text = match.string
    before, behind = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 16]
    return bool(_WHOLE.search(match[0])) and not _THE_LEAST.search(before) and not _OR_LATER.match(behind)


def _in_force(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no setting of which a remark was made; None where a few further ones are such too."""
    text = match.string
    for _ in range(_MOST_REMARKS):
        if not _REMARK.match(text, text.rfind("\n", 0, match.start()) + 1):
            return match
        further = pattern.search(text, match.end())
        if further is None:
            return None
        match = further
    return None


def _in_code(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first match that is in no code of which a remark was made; None where a few further ones are such too."""
    found: re.Match[str] | None = match
    for _ in range(_MOST_REMARKS):
        if found is None:
            return None
        begun = max(found.string.rfind("\n", 0, found.start()) + 1, found.start() - 400)
        if not _CODE_REMARKED.search(found.string[begun : found.start()]):
            return found
        found = pattern.search(found.string, found.end())
    return None


def _words(text: str) -> str:
    return " ".join(text.split())[:60].strip("\"':=,;{[( ")
