"""Asks what Spark refuses, release by release, and keeps it in tests/oracle/refusals.json: one line a question.

A question's `said` holds each different outcome once, with the releases that gave it, the oldest first.
"""

import json
import sys
from pathlib import Path
from random import Random
from typing import Any

from . import jvm, packages
from .kinds import refusing_kinds
from .record import PROCESSORS, RECORDED, outcome
from .releases import JAVA

PATH = RECORDED / "refusals.json"
NAMES = {f"refusals-{release}": release for release in JAVA}

Outcome = dict[str, Any]


def record(release: str, seed: int, new: bool = False) -> Path:
    """The file with this release's answers in the place of its old ones; where only `new` is asked, beside them."""
    held = json.loads(PATH.read_text()) if PATH.exists() else {"jvms": {}, "cases": []}
    answers = answers_by_release(held["cases"])
    mine = answers.pop(release, {}) if new else {}
    asked = [case for case in questions(release, seed) if json.dumps(case) not in mine]
    kinds = {kind.KIND: kind for kind in refusing_kinds()}
    options = ["-Xmx512m", f"-XX:ActiveProcessorCount={PROCESSORS}"]
    with jvm.Jvm(JAVA[release], options, packages.unpacked(f"spark-{release}")) as real:
        version = jvm.version(real)
        if mine and held["jvms"].get(release) != version:
            raise SystemExit(f"oracle: {release} was recorded on {held['jvms'].get(release)}; record all of it again")
        for number, case in enumerate(asked):
            if number % 200 == 0:
                print(f"oracle: {release}, {number} of {len(asked)} refusals", file=sys.stderr)
            mine[json.dumps(case)] = _short(outcome(real, kinds[case["kind"]], case))
    answers = {**answers, release: mine}
    jvms = {name: version if name == release else held["jvms"][name] for name in JAVA if name in answers}
    _write(jvms, seed, answers)
    return PATH


def questions(release: str, seed: int) -> list[dict[str, Any]]:
    """The cases of these kinds for a release."""
    return [{"kind": kind.KIND, **case} for kind in refusing_kinds()
            for case in kind.cases(Random(f"{seed} {release} {kind.KIND}"), release)]


def answers_by_release(rows: list[dict[str, Any]]) -> dict[str, dict[str, Outcome]]:
    """The outcome of each question, as JSON, by the release that gave it."""
    found: dict[str, dict[str, Outcome]] = {}
    for row in rows:
        question = json.dumps({name: row[name] for name in row if name != "said"})
        for given in row["said"]:
            for release in given["releases"].split():
                found.setdefault(release, {})[question] = {name: given[name] for name in given if name != "releases"}
    return found


def _short(found: Outcome) -> Outcome:
    """An outcome without what its text says already."""
    if "error" in found:
        return {"error": found["error"]["message"], "class": found["error"]["class"].rpartition(".")[2]}
    return found["answer"]


def _write(jvms: dict[str, str], seed: int, answers: dict[str, dict[str, Outcome]]) -> None:
    header = {"jvms": jvms, "seed": seed, "command": f"python -m tools.oracle refusals-RELEASE --seed {seed}"}
    lines = []
    for question in dict.fromkeys(json.dumps(case) for release in answers for case in questions(release, seed)):
        said: dict[str, list[str]] = {}
        for release in jvms:
            if question in answers[release]:
                said.setdefault(json.dumps(answers[release][question]), []).append(release)
        outcomes = [{"releases": " ".join(releases), **json.loads(found)} for found, releases in said.items()]
        lines.append(json.dumps({**json.loads(question), "said": outcomes}, separators=(",", ":")))
    PATH.write_text(f'{json.dumps(header, indent=0)[:-2]},\n"cases": [\n' + ",\n".join(lines) + "\n]}\n")
