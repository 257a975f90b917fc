"""Cores with which no executor comes, whatever its memory: what a cluster is asked for and never gives."""

from __future__ import annotations

from collections.abc import Iterator

from sparkmem.answer.cores import quantity, quantity_text
from sparkmem.answer.note import Note
from sparkmem.errors import InputError, Refused
from sparkmem.refusals.job import KUBERNETES, STANDALONE, Job
from sparkmem.spark.containers.kubernetes import millicores

_MOST, _EACH = "spark.cores.max", "spark.executor.cores"


def refused_by_kubernetes(job: Job) -> list[InputError]:
    """A pod whose limit of processors is below its request: the API server takes none such."""
    if job.manager != KUBERNETES:
        return []
    driver = ("driver",) if job.deploy_mode == "cluster" else ()
    return [error for process in ("executor", *driver) for error in _below_its_request(job, process)]


def _below_its_request(job: Job, process: str) -> Iterator[InputError]:
    limit_key, plain = f"spark.kubernetes.{process}.limit.cores", f"spark.{process}.cores"
    asking = next((key for key in (f"spark.kubernetes.{process}.request.cores", plain) if job.given(key)), "")
    requested, limit = millicores(job.settings.get(asking, "1").strip()), millicores(job.settings.get(limit_key, "").strip())
    if requested is not None and limit is not None and limit < requested:
        asked = f"{quantity_text(requested)} ({asking or f'the default of {plain}'})"
        said = f"the pod requests {asked} and its limit is {quantity_text(limit)}"
        change = f"write a limit of {quantity(requested)} or more, or leave it out"
        yield InputError(limit_key, said, "memory/kubernetes/#burst", change=change, by="Kubernetes")


def core_notes(job: Job) -> Iterator[Note]:
    """What is said where a standalone master has no executor for the application (``startExecutorsOnWorkers``)."""
    try:
        most, each = job.value(_MOST, 0), job.value(_EACH, 0)
    except Refused:
        return
    if job.manager == STANDALONE and 0 < most < each:
        text = (
            f"A standalone master starts no executor: {_MOST} leaves the application {quantity_text(most * 1000)},"
            f" and each takes the {each} of {_EACH}. The application waits. Write {_MOST} {each} or a multiple of it."
        )
        yield Note("no-executor-by-cores", text, "memory/standalone/#runs-out", "warning")
