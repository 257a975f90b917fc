"""What an experiment is: a question, what is run, and the figures that come out of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]
"""One measured figure: its unit and its value, such as `{"bytes": 4096}`."""

Figures = dict[str, Figure]


def size(bytes_: int) -> Figure:
    """A size in bytes."""
    return {"bytes": int(bytes_)}


def count(number: int) -> Figure:
    """A number of things."""
    return {"count": int(number)}


def ratio(number: float) -> Figure:
    """One figure divided by another, with two decimals."""
    return {"ratio": round(number, 2)}


def text(words: str) -> Figure:
    """What a JVM or Spark said, verbatim, or a word of its own such as the name of a collector."""
    return {"text": words}


def yes(fact: bool) -> Figure:
    """Whether something is so."""
    return {"yes": bool(fact)}


@dataclass(frozen=True)
class Experiment:
    """A question to real JVMs or to real Spark."""

    id: str
    question: str
    statement: str
    """What must hold for the figures; tests/oracle/test_lab.py holds it as assertions."""
    ran: str
    on: tuple[str, ...]
    """Where it is run: `java-17`, `spark-4.3.0`; the first one is the one that pages quote unasked."""
    measure: Callable[[Any], Figures]
    quick: bool = False
    """Whether the tests run it live too: it takes about a second and needs nothing but a JVM."""


EXPERIMENTS: dict[str, Experiment] = {}

JAVAS = ("java-17", "java-11", "java-21", "java-25")
SPARKS = ("spark-4.3.0", "spark-3.5.9")


def experiment(id: str, *, question: str, statement: str, ran: str, on: tuple[str, ...],
               quick: bool = False) -> Callable[[Callable[[Any], Figures]], Callable[[Any], Figures]]:
    """Registers the decorated function, which takes a `Java` or a `Spark` and returns figures."""
    def register(measure: Callable[[Any], Figures]) -> Callable[[Any], Figures]:
        assert id not in EXPERIMENTS, f"two experiments are called {id}"
        EXPERIMENTS[id] = Experiment(id, question, statement, ran, on, measure, quick)
        return measure
    return register
