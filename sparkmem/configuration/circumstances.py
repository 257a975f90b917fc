"""What runs the job, concluded from keys, images, packages and labels, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from sparkmem.configuration import (
    signs_of_releases,
    words_of_local_mode,
)
from sparkmem.configuration.configuration import Circumstances, Configuration
from sparkmem.configuration.deploy_evidence import of_a_drivers_pod, of_an_executors_pod, on_kubernetes
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.machine_types import of_machines, of_the_master
from sparkmem.configuration.passed_over import SECOND_COMMAND
from sparkmem.configuration.pod_templates import sizes_in_templates
from sparkmem.configuration.refused_there import in_mib
from sparkmem.configuration.setting import Lost, Said
from sparkmem.configuration.standalone_workers import of_workers, refused
from sparkmem.configuration.telling import LOOKED_AT, OLDER, OLDEST, signs

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
_LIVY = re.compile(r"(?i)\blivy\b|%%configure\b")
"""What submits as Ambari's file for it says: ``livy.spark.master`` is ``yarn-cluster`` (apache/ambari,
stacks/HDP/2.6/services/SPARK2/configuration/livy2-conf.xml)."""
_OTHER_RULES = re.compile(r"[01]\.\d")
"""Of the old releases those whose memory is managed in another way than that of the oldest that is computed here."""
_BEHIND = LOST["key-after-application"][0]
_OF_OPTION = {"--master": "cluster-manager", "--deploy-mode": "deploy-mode"}


def concluded(found: Configuration, text: str) -> Configuration:
    """The configuration with what the text as a whole says of its circumstances, where it does not say so itself."""
    text = text[:LOOKED_AT]
    known = {name.replace("_", "-"): value for name, value in vars(found.circumstances).items() if value}
    said, lost = list(found.said), list(found.lost)
    late = {one.line for one in lost if one.key == "spark.master"}
    behind = {_OF_OPTION[one.text]: one.line for one in found.ignored if one.reason == _BEHIND and one.text in _OF_OPTION}
    for one in signs(text, min((one.line for one in found.settings if one.line), default=0), known):
        if one.name == OLDER:
            if "release" not in known and _OTHER_RULES.fullmatch(one.value):
                lost.append(_older(one))
                lost += _with_unit(found, one.value, {other.key for other in lost})
        elif one.name in ("vendor", "master"):
            told = any(other.name == one.name for other in said) or (one.name == "master" and "cluster-manager" in known)
            if not told:
                said.append(one)
        elif one.name == "cluster-manager" and one.line in late:
            continue  # of a builder whose session runs already
        elif one.name in behind:
            continue  # what is behind the application was meant, and did not reach the command
        elif one.name == "deploy-mode" and _is_of_another_job(known, found, text):
            continue
        elif one.name not in known and not (not found.settings and _is_of_a_server(one, text)):
            known[one.name] = one.value
            said.append(one)
    if "release" not in known and (java := known.get("java")) in signs_of_releases.JAVA_BEFORE_4:
        known["release"] = signs_of_releases.NEWEST_OF_3
        line = next((one.line for one in said if one.name == "java"), 0)
        said.append(Said("release", known["release"], line, f"Java {java}: none newer"))
    said += [*of_workers(text), *of_machines(text), *of_the_master(text)]
    lost += refused(text) if known.get("cluster-manager") == "standalone" else ()
    lost += sizes_in_templates(text) if known.get("cluster-manager") == "kubernetes" else ()
    vendor = next((one for one in said if one.name == "vendor"), None)
    if vendor and vendor.value == "emr-on-eks" and not any(one.name == "cluster-manager" for one in said):
        known["cluster-manager"] = "kubernetes"  # and not YARN, which classifications alone stand for
    if vendor and vendor.value == "emr" and known.get("cluster-manager") == "kubernetes":
        said[said.index(vendor)] = vendor = replace(vendor, value="emr-on-eks")
    if vendor and "cluster-manager" not in known and vendor.value in _RUNS_ON:
        known["cluster-manager"] = _RUNS_ON[vendor.value]
        said.append(replace(vendor, name="cluster-manager", value=_RUNS_ON[vendor.value]))
    if not vendor and "cluster-manager" not in known and "cluster-manager" in behind:
        known["cluster-manager"] = "local"
        words = f"spark-submit, {words_of_local_mode.NO_MASTER}"
        said.append(Said("cluster-manager", "local", behind["cluster-manager"], words, assumed=True))
    unsaid = not vendor and "cluster-manager" not in known and found.settings
    if unsaid and (local := words_of_local_mode.told(text, found.values)):
        known["cluster-manager"] = local.value
        said.append(local)
    if known.get("cluster-manager") == "kubernetes" and "spark.driver.memory" not in found.values:
        said += [pod] if (pod := of_an_executors_pod(text)) else []
    if known.get("cluster-manager") == "kubernetes" and "deploy-mode" not in known:
        mode = on_kubernetes(text, found.format) if found.settings else of_a_drivers_pod(text)
        said += [mode] if mode else []
        known |= {mode.name: mode.value} if mode else {}
    for name, value in _of_submitter(found, vendor.value if vendor else "", text):
        if name not in known and known.get("cluster-manager") in (None, *_MODES_OF[name, value]):
            known[name] = value
            said.append(Said(name, value, words="the default of what submits it", assumed=True))
    circumstances = Circumstances(**{name.replace("-", "_"): value for name, value in known.items()})
    return replace(found, circumstances=circumstances, said=tuple(said), lost=tuple(lost))


_MODES_OF = {("cluster-manager", "yarn"): (), ("deploy-mode", "cluster"): ("yarn", "kubernetes", "standalone")}


def _of_submitter(found: Configuration, vendor: str, text: str) -> Iterator[tuple[str, str]]:
    """What the program that submits a job takes where it is not told."""
    if found.format in _FILES_OF_HIVE and _HIVE.search(text):
        yield from _BY_HIVE.items()
    elif vendor == "hdinsight" and _LIVY.search(text):
        yield "deploy-mode", "cluster"
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


_BARE_MIB = ("spark.yarn.executor.memoryOverhead", "spark.yarn.driver.memoryOverhead", "spark.yarn.am.memoryOverhead")
"""Which Spark 1 reads by ``sparkConf.getInt`` (``YarnAllocator.memoryOverhead``, ``Client.amMemoryOverhead``)."""


def _with_unit(found: Configuration, release: str, known: Collection[str]) -> Iterator[Lost]:
    """The overheads that have a unit, at which Spark 1 ends."""
    words, see = LOST["overhead-with-unit"]
    for one in found.settings:
        if one.key in _BARE_MIB and one.key not in known and one.value and not one.value.strip().isdigit():
            yield Lost("overhead-with-unit", one.line, one.key, words.format(given=release), in_mib(one), see)
