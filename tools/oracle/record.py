"""Runs the cases of a release and writes tests/oracle/spark-RELEASE.json."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from . import jvm, packages
from .kinds import NoSuchEntry, all_kinds
from .releases import JAVA

RECORDED = Path(__file__).parents[2] / "tests" / "oracle"
PROCESSORS = 4
"""What the JVMs are told about the machine, so that cores=0 means the same everywhere."""

_MEMORY = ["-Xmx512m", f"-XX:ActiveProcessorCount={PROCESSORS}"]


def record(release: str, seed: int, new: bool = False) -> Path:
    """The file with the release's answers to the cases of a seed; where only `new` is asked, the others are kept."""
    path = RECORDED / f"spark-{release}.json"
    cases = questions(release, seed)
    recorded: dict[str, Any] = json.loads(path.read_text()) if new else {"jvm": "", "cases": []}
    answers = dict(split(row, lambda name: name not in ("answer", "error")) for row in recorded["cases"])
    version = recorded["jvm"]
    for case, found, said_by in asked(release, [case for case in cases if json.dumps(case) not in answers]):
        if version not in ("", said_by):
            raise SystemExit(f"oracle: {path.name} was recorded on {version}; record all of it again")
        version = said_by
        answers[json.dumps(case)] = found
    header = {
        "release": release, "jvm": version, "processors": PROCESSORS, "seed": seed,
        "command": f"python -m tools.oracle {release} --seed {seed}",
    }
    write(path, header, "cases", [{**case, **answers[json.dumps(case)]} for case in cases])
    return path


def asked(release: str, cases: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Each case with its outcome and the version of the JVM that was asked."""
    kinds = {kind.KIND: kind for kind in all_kinds()}
    for real, group in by_collector(release, cases):
        version = jvm.version(real)
        for case in group:
            yield case, outcome(real, kinds[case["kind"]], case), version


def by_collector(release: str, cases: Iterable[dict[str, Any]]) -> Iterator[tuple[jvm.Jvm, list[dict[str, Any]]]]:
    """One JVM for each collector, with the release's jars, and the cases to put to it before the next is asked for."""
    for gc, group in groupby(sorted(cases, key=_collector), key=_collector):
        options = [*_MEMORY, *jvm.BRIEF, *jvm.COLLECTORS[gc]]
        with jvm.Jvm(JAVA[release], options, packages.unpacked(f"spark-{release}")) as real:
            yield real, list(group)


def split(row: dict[str, Any], asks: Callable[[str], bool]) -> tuple[str, dict[str, Any]]:
    """A recorded row's question, as JSON, and the rest of it, which is its answer."""
    question = {name: row[name] for name in row if asks(name)}
    return json.dumps(question), {name: row[name] for name in row if name not in question}


def questions(release: str, seed: int) -> list[dict[str, Any]]:
    """The cases of every kind for a seed, without answers."""
    found = []
    for kind in all_kinds():
        random = Random(f"{seed} {release} {kind.KIND}")
        for number, case in enumerate(kind.cases(random, release)):
            found.append({"kind": kind.KIND, "id": f"{kind.KIND}-{number:04}", **case})
    return found


def outcome(real: jvm.Jvm, kind: ModuleType, case: dict[str, Any]) -> dict[str, Any]:
    """`answer`, or `error` with what Java threw."""
    try:
        return {"answer": kind.answer(real, case)}
    except NoSuchEntry:
        return {"error": {"class": "java.util.NoSuchElementException", "message": "no such entry in this version"}}
    except real.java_error as error:
        return {"error": real.refusal(error)}


def write(path: Path, header: dict[str, Any], name: str, rows: list[dict[str, Any]]) -> None:
    """One JSON object: the header's entries, then the rows under `name`, one row a line."""
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    opening = json.dumps(header, indent=0)[:-2]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{opening},\n"{name}": [\n{lines}\n]}}\n')


def _collector(case: dict[str, Any]) -> str:
    return str(case.get("gc", "g1"))
