"""An answer in Markdown for a postmortem: inputs, verdict, every figure with its reason and its source, and the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sparkmem.answer.line import Line
from sparkmem.answer.note import Note
from sparkmem.answer.result import Result
from sparkmem.calculator import Calculator
from sparkmem.calculators import CALCULATORS
from sparkmem.errors import BadInputs
from sparkmem.release import RELEASES
from sparkmem.render.html import command
from sparkmem.render.markdown import table
from sparkmem.render.origin import Origin, spark, spark_of
from sparkmem.render.text import with_depth
from sparkmem.requests.addressed import addressed, refused_texts
from sparkmem.requests.evaluate import run
from sparkmem.requests.pairs import Side
from sparkmem.subjects.job.example import NO_SETTINGS
from sparkmem.version import __version__

_MARKS = re.compile(r"([\\`*_\[\]<>])")


def written_up(request: Mapping[str, Any], origin: Origin) -> str:
    """The whole of it, ready for an issue or a postmortem; a refusal in the words of who refuses."""
    try:
        result, given, id = run(request)
    except BadInputs as bad:
        return _joined(_refused(request, bad, origin))
    calculator = CALCULATORS[id]
    parts = [
        f"### {plain(calculator.title)}",
        _about(calculator, spark(given), addressed(given), origin, request),
        f"**{plain(result.headline)}**",
        plain(result.assumed.text) if result.assumed else "",
        _inputs({"release": given.release} | addressed(given)),
        _figures(result, origin),
        "\n".join(_notes(result.remarks, origin)),
    ]
    if "against" in request:
        from sparkmem.render.comparison_words import comparison_markdown

        parts.append(comparison_markdown(calculator, request["against"], Side(result, given)))
    return _joined([*parts, f"The same in a terminal: {code(command(given, calculator.id))}"])


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(
    calculator: Calculator, release: str, texts: Mapping[str, str], origin: Origin, request: Mapping[str, Any]
) -> str:
    """Where it is from: the address with the inputs, the release, the version of the site and the day."""
    names, address = list(RELEASES), origin.address(calculator, texts, request)
    title = f"[{plain(calculator.question)}]({address})" if address else plain(calculator.question)
    version = f"sparkmem {__version__} (knows Spark {names[0]} to {names[-1]})"
    return ", ".join(filter(None, [title, release, version, f"read {origin.day}" if origin.day else ""]))


def _refused(request: Mapping[str, Any], bad: BadInputs, origin: Origin) -> list[str]:
    """What is said of inputs that have no answer."""
    calculator = CALCULATORS.get(str(request.get("calculator", "")))
    if calculator is None:
        raise bad
    texts = refused_texts(calculator, request)
    asked = texts.get("release") or calculator.by_name["release"].default
    others = [texts[item.name] for item in calculator.release_inputs if item.name in texts]
    release = spark_of([asked, *others])
    said = [f"- {code(e.name)}: {_by(e.by)}{plain(' '.join(e.message.split()))}" for e in bad.errors]
    return [
        f"### {plain(calculator.title)}", _about(calculator, release, texts, origin, request),
        "**There is no answer for these inputs.**", _inputs({"release": asked} | texts), "\n".join(said),
    ]  # fmt: skip


def _by(who: str) -> str:
    return "" if who == "sparkmem" else f"{who} says: "


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is.

    >>> plain("-XX:+Use_this and *that*")
    '-XX:+Use\\\\_this and \\\\*that\\\\*'
    """
    return _MARKS.sub(r"\\\1", text)


def code(text: str) -> str:
    """The text as code, with more backticks around it than there are in it."""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] in "` " or text[-1:] in "` " else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else "(empty)"


def _inputs(texts: Mapping[str, str]) -> str:
    """What was set, the releases in any case: in three years another may be the newest."""
    named = {name: text for name, text in texts.items() if name != NO_SETTINGS}
    return table(["Setting", "Value"], [[code(name), code(text)] for name, text in named.items()])


def _figures(result: Result, origin: Origin) -> str:
    rows = [(depth, line) for b in result.breakdowns for depth, line in with_depth(b)]
    rows += [(0, line) for line in (*result.lines, *result.idle)]
    head = ["Figure", "Size", "Bytes", "Because", "Source"]
    return table(head, [_figure(depth, line, origin) for depth, line in rows], [1, 2])


def _figure(depth: int, line: Line, origin: Origin) -> list[str]:
    see = origin.link(line.see)
    label = f"[{plain(line.label)}]({see})" if see else plain(line.label)
    source = f"[{plain(str(line.source))}]({line.source.url})" if line.source else ""
    size = "" if line.size_bytes is None else f"{line.size_bytes:,}"
    return ["&emsp;" * depth + label, plain(line.shown), size, plain(line.because), source]


def _notes(notes: tuple[Note, ...], origin: Origin) -> Iterator[str]:
    for note in notes:
        see = origin.link(note.see)
        more = f" ([more]({see}))" if see else ""
        yield f"- {'**Warning:** ' if note.level == 'warning' else ''}{plain(note.text)}{more}"
