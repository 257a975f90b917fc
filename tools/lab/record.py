"""Runs experiments and writes tests/oracle/lab.json: one run of an experiment a line."""

import datetime
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.oracle.record import RECORDED, write

from . import java
from .experiment import EXPERIMENTS, Experiment
from .spark.context import JAVA

PATH = RECORDED / "lab.json"


def record(names: list[str], new: bool = False) -> Path:
    """The file, with the named experiments (or `id:subject`, one run of one) done again; all of them if none is named.

    Where only `new` ones are asked for, those with a record are left as they are.
    """
    there = {(row["id"], row["on"]) for row in load()} if new else set()
    for experiment, on in wanted(names):
        if (experiment.id, on) in there:
            continue
        print(f"lab: {experiment.id} on {on}", file=sys.stderr, flush=True)
        save([*load(), run(experiment, on)])
    return PATH


def load() -> list[dict[str, Any]]:
    """The recorded runs."""
    return list(json.loads(PATH.read_text())["experiments"]) if PATH.exists() else []


def save(rows: list[dict[str, Any]]) -> None:
    """Writes the runs of the experiments that there are, in order, each with the experiment's words of today.

    Of two runs of the same thing the later one is kept.
    """
    newest = {(row["id"], row["on"]): row for row in rows}
    there = sorted((experiment.id, on) for experiment in EXPERIMENTS.values() for on in experiment.on)
    found = [{**newest[key], **words(EXPERIMENTS[key[0]]), "first": key[1] == EXPERIMENTS[key[0]].on[0]}
             for key in there if key in newest]
    write(PATH, {"command": "make lab"}, "experiments", found)


def wanted(names: list[str]) -> Iterator[tuple[Experiment, str]]:
    """The runs that the names mean."""
    for name in names or sorted(EXPERIMENTS):
        id_, _, on = name.partition(":")
        if id_ not in EXPERIMENTS or on not in ("", *EXPERIMENTS[id_].on):
            known = " ".join(sorted(EXPERIMENTS))
            raise SystemExit(f"lab: there is no {name}; there are: {known}")
        for subject in [on] if on else EXPERIMENTS[id_].on:
            yield EXPERIMENTS[id_], subject


def run(experiment: Experiment, on: str) -> dict[str, Any]:
    """The record of one run."""
    kind, _, version = on.partition("-")
    if kind == "java":
        runtime = java.of(int(version))
        figures, release = experiment.measure(runtime), None
    else:
        runtime = java.of(JAVA)
        figures, release = experiment.measure(version), version
    return {
        **words(experiment), "on": on, "java": runtime.version, "jvm": runtime.name, "spark": release,
        "date": datetime.date.today().isoformat(), "command": f'make lab ARGS="{experiment.id}:{on}"', "figures": figures,
    }


def words(experiment: Experiment) -> dict[str, str]:
    """What an experiment says about itself."""
    return {"id": experiment.id, "question": experiment.question, "statement": experiment.statement, "ran": experiment.ran}
