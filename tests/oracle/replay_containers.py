"""Recorded cases about containers put to the model, in the recording's own terms (as in ``replay``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs, Refused
from sparkmem.javalang import wrap
from sparkmem.spark.containers import kubernetes, overhead, resource_profile, standalone, yarn
from sparkmem.spark.settings.spark_conf import SparkConf

Case = Mapping[str, Any]

KINDS = ("profile", "yarn", "k8s", "standalone")
ROOMY_MIB = (1 << 31) - 1  # what the recorded cluster allocates where a case does not say


def said(case: Case, release: str) -> Any:
    """The model's answer to a case: a dict, or the text of a refusal."""
    try:
        found = _KINDS[case["kind"]](case, SparkConf(case["conf"], release))
    except Refused as refusal:
        found = refusal.message
    differs = [line for name, inputs in _questions(case, release) if (line := _calculator_differs(name, inputs, found))]
    return {"model": found, "container-request": differs} if differs else found


def recorded(case: Case) -> Any:
    """The real answer in the same terms: of an exception, its message."""
    if "error" in case:
        return case["error"]["message"]
    answer = {name: value["message"] if isinstance(value, dict) and "message" in value else value
              for name, value in case["answer"].items()}  # fmt: skip
    answer.pop("inlined", None)
    return answer


def _attempt(compute: Callable[[], Any]) -> tuple[str, Any]:
    """What ``compute`` returns, under no suffix; the text of its refusal, under ``Error``."""
    try:
        return "", compute()
    except Refused as refusal:
        return "Error", refusal.message


def _profile(case: Case, conf: SparkConf) -> dict[str, Any]:
    least = case.get("minOverhead", overhead.DEFAULT_MINIMUM_MIB)
    found = resource_profile.executor_resources(conf, case["factor"], least, case["python"], _requests(case))
    return {
        "cores": found.cores,
        "executorMemoryMiB": found.memory_mib,
        "memoryOffHeapMiB": found.off_heap_mib,
        "pysparkMemoryMiB": found.pyspark_mib,
        "memoryOverheadMiB": found.overhead.mib,
        "totalMemMiB": found.total_mib,
    }


def _requests(case: Case) -> dict[str, str] | None:
    return {name: str(amount) for name, amount in case["requests"].items()} if "requests" in case else None


def _yarn(case: Case, conf: SparkConf) -> dict[str, Any]:
    submission = yarn.submission(conf, case["clusterMode"], case["python"])
    _, refused = _attempt(lambda: submission.verify(case.get("maxAllocationMiB", ROOMY_MIB)))
    suffix, executor = _attempt(lambda: wrap(yarn.executor(conf, case["python"], _requests(case)).total_mib, 32))
    return {
        "amMemoryMiB": submission.am_memory_mib,
        "amMemoryOverheadMiB": submission.am_overhead.mib,
        "amContainerMiB": submission.am_total_mib,
        "verify": refused or "ok",
        f"executorContainerMiB{suffix}": executor,
    }


def _k8s(case: Case, conf: SparkConf) -> dict[str, Any]:
    found: dict[str, Any] = {}
    modes = {"executorMemoryClientMode": conf}
    suffix, driver = _attempt(lambda: kubernetes.driver_pod(conf, case["mainResource"]))
    found[f"driverMemory{suffix}"] = driver if suffix else _twice(driver.total_mib)
    if not suffix:
        found["driverAddsProperties"] = dict(driver.adds)
        modes["executorMemoryClusterMode"] = driver.conf
    for name, started_with in modes.items():
        suffix, executor = _attempt(lambda conf=started_with: kubernetes.executor_pod(conf, _requests(case)))
        found[f"{name}{suffix}"] = executor if suffix else _twice(executor.total_mib)
    return found


def _twice(mib: int) -> str:
    """Request and limit."""
    return "/".join([kubernetes.quantity(mib)] * 2)


def _standalone(case: Case, conf: SparkConf) -> dict[str, Any]:
    return {"executorMemoryMiB": standalone.executor_memory_mib(conf)}


_KINDS = {"profile": _profile, "yarn": _yarn, "k8s": _k8s, "standalone": _standalone}


# The same cases put to the calculator, which has to say what the model says: the number of each
# container, or the same text first among its errors.

_LANGUAGE = {"java": "jvm", "python": "python", "r": "r"}
TOO_LARGE = "more than the number holds"  # where Spark's number overflows unseen, the calculator refuses


def _questions(case: Case, release: str) -> list[tuple[str, dict[str, str]]]:
    """What to ask the calculator, each question with the name of the field that it should answer."""
    inputs = {**case["conf"], "release": release}
    inputs |= {f"profile-{name}": amount for name, amount in (_requests(case) or {}).items()}
    if case["kind"] == "yarn":
        inputs |= {"language": "python" if case["python"] else "jvm"}
        inputs |= {"deploy-mode": "cluster" if case["clusterMode"] else "client"}
        most = {"yarn-maximum-allocation": str(case.get("maxAllocationMiB", ROOMY_MIB))}
        return [("executorContainerMiB", inputs), ("amContainerMiB", inputs), ("verify", inputs | most)]
    if case["kind"] == "k8s":
        inputs |= {"cluster-manager": "kubernetes", "language": _LANGUAGE[case["mainResource"]]}
        cluster = inputs | {"deploy-mode": "cluster"}
        names = ("driverMemory", "executorMemoryClusterMode")
        return [*((name, cluster) for name in names), ("executorMemoryClientMode", inputs)]
    if case["kind"] == "standalone":
        return [("executorMemoryMiB", inputs | {"cluster-manager": "standalone"})]
    return []


def _calculator(inputs: dict[str, str]) -> dict[str, Any]:
    """What the calculator's own part answers, also of settings that no application comes so far with.

    Fields of one case share their inputs, and are told apart in the same answer.
    """
    return _answered(tuple(inputs.items()))


@lru_cache(maxsize=4)  # as many as one case has
def _answered(inputs: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    try:
        return {"rows": [line.as_dict() for line in CALCULATORS["container-request"].alone(dict(inputs)).rows()]}
    except BadInputs as bad:
        return {"errors": [error.as_dict() for error in bad.errors]}


def overflows(case: Case, release: str) -> bool:
    """Whether Spark's number is more than it holds, so that the calculator refuses what Spark takes."""
    if "error" in case:
        return False
    errors = [error for _, inputs in _questions(case, release) for error in _calculator(inputs).get("errors", ())]
    return any(TOO_LARGE in error["message"] for error in errors)


def _calculator_differs(name: str, inputs: dict[str, str], found: Any) -> str:
    """What the calculator says where it does not agree; empty where it does."""
    answer = _calculator(inputs)
    if "errors" in answer:
        first = answer["errors"][0]["message"]
        refusals = [found] if isinstance(found, str) else [text for key, text in found.items() if _is_refusal(key, text)]
        return "" if TOO_LARGE in first or first in refusals else f"{name}: {first}"
    rows = {row["id"]: row for row in answer["rows"]}
    if isinstance(found, str) or (name == "verify" and found["verify"] != "ok"):
        return f"{name}: no refusal"
    if name not in found or name == "verify":
        return ""
    master = "am" if inputs.get("deploy-mode") == "client" else "driver"
    row = {"amContainerMiB": f"{master}-total-request", "driverMemory": "driver-total-request"}.get(name, "total-request")
    if row not in rows:
        return f"{name}: no row {row}"
    mib = rows[row]["bytes"] >> 20
    said = _twice(mib) if inputs.get("cluster-manager") == "kubernetes" else mib
    return "" if said == found[name] else f"{name}: {said}"


def _is_refusal(key: str, text: Any) -> bool:
    return key.endswith("Error") or (key == "verify" and text != "ok")
