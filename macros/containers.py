"""Tables of the pages about containers: overhead by size and release, exit codes, what YARN says of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from macros.prose import figure
from macros.unbroken import unbroken
from sparkmem.machines import emr
from sparkmem.release import NEWEST, RELEASES, release
from sparkmem.render.markdown import table
from sparkmem.size import byte_string_as_bytes, mib_text
from sparkmem.spark.containers.overhead_history import OVERHEAD_RULES
from sparkmem.spark.containers.submit_checks import deploy_mode_refusal as _refusal
from sparkmem.spark.ends.exit_code import MASTER, SPARK, YARN, ExitCode
from sparkmem.spark.ends.exit_codes import EXIT_CODES

_RECORDED = Path(__file__).resolve().parent.parent / "tests" / "oracle"

_WAYS: dict[str, dict[str, str]] = {
    "YARN": {"cluster-manager": "yarn"},
    "YARN, Python": {"cluster-manager": "yarn", "language": "python"},
    "Kubernetes": {"cluster-manager": "kubernetes", "deploy-mode": "cluster"},
    "Kubernetes, Python, cluster mode": {"cluster-manager": "kubernetes", "deploy-mode": "cluster", "language": "python"},
    "Kubernetes, Python, client mode": {"cluster-manager": "kubernetes", "language": "python"},
    "Standalone": {"cluster-manager": "standalone"},
}
_USUAL = tuple(way for way in _WAYS if way != "YARN, Python")
_SIZE = re.compile(r"\b\d+(?:\.\d+)? [KMGT]?B\b")


def container_by_size(row: str, sizes: Iterable[str], ways: Iterable[str] | None = None) -> str:
    """One figure of container-request for heaps of several sizes, a column for each way to run."""
    columns = list(ways or _USUAL)
    rows = [
        [f"`{size}`"] + [figure("container-request", row, {**_WAYS[way], "spark.executor.memory": size}) for way in columns]
        for size in sizes
    ]
    return table(["Executor memory", *columns], rows, right=range(1, len(columns) + 1))


def container_by_release(row: str, inputs: Mapping[str, str], ways: Iterable[str] | None = None) -> str:
    """One figure of container-request in every release, a row for each run of releases that agree."""
    columns = list(ways or _USUAL)
    runs: list[tuple[list[str], list[str]]] = []
    for name in RELEASES:
        found = [figure("container-request", row, {**inputs, **_WAYS[way], "release": name}) for way in columns]
        if runs and runs[-1][1] == found:
            runs[-1][0].append(name)
        else:
            runs.append(([name], found))
    rows = [[_span(names), *found] for names, found in runs]
    return table(["Release", *columns], rows, right=range(1, len(columns) + 1))


def overhead_history(heap: str) -> str:
    """The rule of the default overhead on YARN by release, and what it adds to a heap."""
    rows = [
        [
            rule.releases,
            f"{rule.factor:g} × heap, at least {_text(rule.minimum_bytes)}" if rule.factor else _text(rule.minimum_bytes),
            _text(rule.overhead_bytes(byte_string_as_bytes(heap))),
            f"[{rule.source}]({rule.source.url})",
        ]
        for rule in OVERHEAD_RULES
    ]
    return table(["Spark", "Default", f"At `{heap}`", "Source"], rows, right=[2])


def emr_overhead_factor() -> str:
    """The overhead factor that Amazon EMR sets, linked to where it was found."""
    return f"[{emr.OVERHEAD_FACTOR}]({emr.OVERHEAD.url})"


def exit_codes_table() -> str:
    """Every exit code in one table, each leading to its entry."""
    memory = {"yes": "yes", "maybe": "perhaps", "no": "no"}
    rows = [
        [f"[{_number(code)}](#{code.id})", memory[code.memory], _breakable(code.name), code.by, _since(code)]
        for code in _sorted()
    ]
    return table(["Code", "Memory?", "Name", "Ended by", "Named"], rows)


def exit_codes(kind: str) -> str:
    """The codes of one kind, each under a heading of its own."""
    return "\n\n".join(_entry(code) for code in _sorted() if code.kind == kind)


def yarn_said(status: str, *, sizes: bool = True) -> str:
    """What a real YarnAllocator said of a container that ended so, by release; as a template without the ``sizes``.

    >>> yarn_said("-103", sizes=False).count("<size> of <size> virtual memory used")
    2
    """
    runs: list[tuple[list[str], str]] = []
    for name in RELEASES:
        text = str(_said("processCompletedContainers", release(name).witness)[status]["text"])
        text = text if sizes else _SIZE.sub("<size>", text)
        if runs and runs[-1][1] == text:
            runs[-1][0].append(name)
        else:
            runs.append(([name], text))
    return table(["Release", "Text"], [[_span(names), f"`{text}`"] for names, text in runs])


def kubernetes_said(code: str) -> str:
    """The words that Spark's Kubernetes backend adds to an exit code, as a quotation."""
    return f"`{_said('describeExitCode', release(NEWEST).witness)[code]}`"


def deploy_mode_refusal(manager: str, language: str) -> str:
    """The words in which spark-submit refuses cluster mode for this cluster manager and language."""
    return _refusal(manager, "cluster", language)[0]


def direct_refusal() -> str:
    """What a JVM of the newest release said when NIO buffers reached their limit, as a quotation."""
    rows = [row for row in _rows("direct-memory.json") if row["release"] == release(NEWEST).witness and row["limit"]]
    return f"```text\n{rows[0]['nio']}\n```"


def _sorted() -> list[ExitCode]:
    return sorted(EXIT_CODES, key=lambda code: (code.code < 0, abs(code.code)))


def _entry(code: ExitCode) -> str:
    source = code.source()
    lines = [f"### {exit_code_title(code.id)} {{ #{code.id} }}", "", code.meaning]
    if code.kind in (SPARK, MASTER, YARN):
        lines += ["", f"- Ended by {code.by}"]
        lines += [f"- Spark says: `{code.says}`"] if code.says else []
        lines += [f"- {_since(code).capitalize()}"] if _since(code) else []
        lines += [f"- [{source}]({source.url})"] if source else []
    else:
        lines += ["", f"- Ended by {code.by}"]
    return "\n".join(lines)


def exit_code_title(id: str) -> str:
    """The heading of an exit code, by its id."""
    return next(f"{_number(code)}: {code.name}" for code in EXIT_CODES if code.id == id)


def _breakable(name: str) -> str:
    """A name as code that may be broken at its underscores."""
    return f"<code>{name.replace('_', '&#95;<wbr>')}</code>"


def _number(code: ExitCode) -> str:
    return str(code.code).replace("-", "\N{MINUS SIGN}")


def _since(code: ExitCode) -> str:
    if code.last:
        return f"up to {code.last}"
    return f"since {code.since}" if code.since != "2.4" else ""


def _span(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _text(size_bytes: int) -> str:
    return unbroken(mib_text(size_bytes))


@cache
def _rows(file: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((_RECORDED / file).read_text())["rows"]
    return found


def _said(method: str, witness: str) -> dict[str, Any]:
    found = [row for row in _rows("exit-codes.json") if row.get("release") == witness and row.get("said") == method]
    texts: dict[str, Any] = found[0]["texts"]
    return texts


CONTAINER_MACROS: tuple[Callable[..., str], ...] = (
    container_by_size,
    container_by_release,
    overhead_history,
    emr_overhead_factor,
    exit_codes_table,
    exit_codes,
    yarn_said,
    kubernetes_said,
    deploy_mode_refusal,
    direct_refusal,
)
