"""What to do about a finding, in words: what comes first, what to change, and where it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from macros.finding_conditions import holds
from macros.finding_words import example_numbers, filled, in_code
from sparkmem.diagnosis.advised import value_for
from sparkmem.diagnosis.conditions import condition
from sparkmem.diagnosis.finding import Change, Finding
from sparkmem.diagnosis.sentences import lowered
from sparkmem.render.do_first import NOTHING_TO_CHANGE, looked_at, named
from sparkmem.spark.settings.keys import KEYS

_AT = {"executor-memory": "memory/executor-heap.md#executor-memory-calculator"}


def depends(one: Finding, change: Change) -> bool:
    """Whether a change is for a sign beside it, which no page knows of, or for rarer texts or numbers of the finding."""
    words = change.where.split("|")
    having = sum(any(word in text.example.lower() for word in words) for text in one.text)
    without = bool(change.when) and not condition(change.when, example_numbers(one))
    return without or bool(change.beside) or 2 * having < len(one.text)


def _also(when: str) -> str:
    return f" It is one to change {when}." if when else ""


class Advice:
    """What to do about findings, on a page to which ``to`` makes links and ``key`` those of configuration keys."""

    def __init__(self, to: Callable[[str], str], key: Callable[[str], str]) -> None:
        self._to = to
        self._key = key

    def first(self, one: Finding) -> str:
        """At most three lines for whoever has just met this: what to do, how much of it, and why."""
        lines = [f"**Do this first:** {self._first(one)}"]
        if one.change and one.calculator:
            said = "worked out, with the numbers of an example" if example_numbers(one) else "worked out for your job"
            lines.append(f"**How much:** [{said}]({self.calculator(one)}).")
        elif one.not_to_do:
            lines.append(f"**What does not help:** {in_code(lowered(one.not_to_do))}")
        lines.append(f"**Why:** {in_code(lowered(one.says))}")
        return '<div class="sm-do-first" markdown>\n\n' + "\n\n".join(lines) + "\n\n</div>"

    def _first(self, one: Finding) -> str:
        always = [change for change in one.change if not depends(one, change)]
        if always or (one.change and not one.look):
            change = (always or one.change)[0]
            return f"{'set' if change.value else 'change'} {self._setting(one, change)}{_also(holds(change))}"
        return looked_at(in_code(one.look[0].what), one.look[0].command) if one.look else NOTHING_TO_CHANGE[one.kind]

    def change(self, one: Finding, change: Change) -> str:
        """A setting, when it is one to change, its value where there is one, and what it does."""
        when = holds(change)
        return f"{when[:1].upper()}{when[1:]}: {self._setting(one, change)}" if when else self._setting(one, change)

    def _setting(self, one: Finding, change: Change) -> str:
        value = value_for(change.key, change.value, example_numbers(one))
        said = ", in the example" if change.value and not change.value.startswith('"') else ""
        key = self._key(change.key) if change.key in KEYS and KEYS[change.key].memory else named(change.key)
        return key + (f" = `{value}`{said}" if value else "") + (f". {in_code(change.why)}" if change.why else "")

    def calculator(self, one: Finding) -> str:
        """The address of the finding's calculator, with the numbers of the example in it."""
        calculator = str(one.calculator["id"])
        inputs = filled(one.calculator.get("inputs", {}), example_numbers(one))
        page, _, fragment = _AT.get(calculator, f"calculators/{calculator}.md").partition("#")
        query = f"?{urlencode(inputs)}" if inputs else ""
        return self._to(page) + query + (f"#{fragment or calculator}" if fragment or inputs else "")
