"""What tells, of a job on Kubernetes that names no deploy mode, that its driver is a pod, or that it is none."""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.clue import clue
from sparkmem.configuration.requested import POD
from sparkmem.configuration.setting import Said

_IN_AN_IMAGE = re.compile(r"\blocal:///[\w./@+-]{1,200}\.(?:jar|py|R)(?![\w.])")
_BESIDE = re.compile(
    r"(?:--(?:jars|py-files|files|archives)|\b(?:spark[\w.]{0,40}\.)?(?:jars|files|py_?[fF]iles|archives|\w{0,20}Class_?[pP]ath))"
    r"(?:[\"'\s=:,\[\\]{1,12}|[\"']?\s{0,3}[=:]\s{0,3}\[\s{0,20}(?:[\"'][^\"'\[\]\n]{0,200}[\"'],\s{0,20}){0,20}[\"']?)$"
    r"|[^\"'\s],\s{0,3}$|:$"
)
"""What stands before a file that is handed out with the application, and is not the application."""
# Of the pod that a submission makes for the driver: BasicDriverFeatureStep, MountVolumesFeatureStep and their kin read them;
# Constants.SPARK_POD_DRIVER_ROLE and DriverServiceFeatureStep.DRIVER_SVC_POSTFIX; its executors are owned by it.
_OF_A_DRIVERS_POD = clue(
    ("spark.kubernetes.", "spark-kubernetes-driver", "spark-role", "-driver-svc", "Pod/", "-driver ", "kubectl", "oc "),
    r"(?<![\w.])spark\.kubernetes\.(?:driver\.(?:container\.image|(?:request|limit)\.cores|podTemplate\w{4,20}"
    r"|(?:label|annotation|volumes|secrets|secretKeyRef|node\.selector|service)\.)|authenticate\.driver\.\w"
    r"|submission\.waitAppCompletion|file\.upload\.path)|(?<![\w-])spark-kubernetes-driver\b"
    r"|\bspark-role[\"']?[=:][ ]?[\"']?driver\b|-driver-svc\b|\bControlled By:[ \t]{1,20}Pod/[\w.-]{1,200}-driver\b"
    r"|(?m:^[ \t]{0,8}(?:pod/)?[a-z0-9][a-z0-9.-]{1,200}-driver[ ]{1,30}[0-9]{1,2}/[0-9]{1,2}[ ])"
    r"|\b(?:kubectl|oc) [^\n|]{0,80}?(?:logs|pods?)[ /](?:-\S{1,20} )?[a-z0-9][a-z0-9.-]{1,200}-driver(?![\w-])",
)
_DESCRIBED_DRIVER = clue(
    ("spark-kubernetes-driver", "spark-role"),
    r"(?<![\w-])spark-kubernetes-driver\b|\bspark-role[\"']?[=:][ ]?[\"']?driver\b",
)
_OF_AN_EXECUTORS_POD = clue(
    ("SPARK_EXECUTOR_ID", "spark-exec-id", "spark-role"),
    r"\bSPARK_EXECUTOR_ID\b|\bspark-exec-id\b|\bspark-role[\"']?[=:][ ]?[\"']?executor\b",
)
"""``BasicExecutorFeatureStep`` gives an executor its id, ``KubernetesExecutorConf`` its labels."""
_OPERATOR = clue(
    ("perator", "SparkApplication"),
    r"\b[sS]park[- ](?:k8s-|on-k8s-|[kK]ubernetes )?[oO]perator\b"
    r"|\bkind[\"']?\s{0,12}[:=]\s{0,3}[\"'](?:Scheduled)?SparkApplication\b",
)
# DriverServiceFeatureStep refuses both of them for a driver that is a pod of a submission.
_NO_POD = clue(("spark.driver.",), r"(?<![\w.])spark\.driver\.(?:host|bindAddress)\b")
_A_SHELL = clue(("spark", "pyspark"), r"(?m:^[^\n#]{0,200}(?<![\w.])(?:spark\d?-shell|pyspark|spark\d?-sql|sparkR)[ \t]+-)")
_A_SESSION = clue(("@task.pyspark",), r"@task\.pyspark\b")
"""Whose function gets a session that its own process has made."""
_SUBMITTED = re.compile(r"--master\b|\bspark\d?-submit\b")
_BY_A_PROGRAM = ("session-builder",)
_MOST, _NEAR = 20, 400


def on_kubernetes(text: str, format: str) -> Said | None:
    """The deploy mode with the words that say so; None where none does, or where a program makes its session itself.

    A command of ``spark-submit`` without a deploy mode is in client mode, also where its application is ``local:///``
    (``SparkSubmit.prepareSubmitEnvironment``): the file is then one of the machine on which it was called.

    >>> on_kubernetes("mainApplicationFile: local:///opt/a.jar", "yaml").value
    'cluster'
    >>> on_kubernetes("spark-submit --master k8s://https://k local:///opt/a.jar", "spark-submit")
    """
    if format in _BY_A_PROGRAM or _A_SHELL.search(text) or _A_SESSION.search(text):
        return None
    if host := _NO_POD.search(text):
        return _said("client", host)
    application = None if _SUBMITTED.search(text) else _application(text)
    for told in (application, _OF_A_DRIVERS_POD.search(text), _OPERATOR.search(text)):
        if told:
            return _said("cluster", told)
    return None


def of_a_drivers_pod(text: str) -> Said | None:
    """Cluster mode, where the text shows the pod that a submission made for the driver."""
    told = None if _SUBMITTED.search(text) else _DESCRIBED_DRIVER.search(text)
    return _said("cluster", told) if told else None


def of_an_executors_pod(text: str) -> Said | None:
    """That the text shows the pod of an executor, with the words that say so: of a driver it says nothing then."""
    told = None if "spark-kubernetes-driver" in text or _SUBMITTED.search(text) else _OF_AN_EXECUTORS_POD.search(text)
    return Said(POD, "executor", text.count("\n", 0, told.start()) + 1) if told else None


def _application(text: str) -> re.Match[str] | None:
    """The first application that is a file of the image."""
    for found in islice(_IN_AN_IMAGE.finditer(text) if "local:///" in text else (), _MOST):
        if not _BESIDE.search(text[max(0, found.start() - _NEAR) : found.start()]):
            return found
    return None


def _said(mode: str, told: re.Match[str]) -> Said:
    return Said("deploy-mode", mode, told.string.count("\n", 0, told.start()) + 1, _words(told[0]))


def _words(told: str) -> str:
    """No path of the application's, which may be a name that nobody else is to know."""
    return "local:///" if told.startswith("local:///") else told[:60].rstrip(".")
