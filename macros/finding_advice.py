"""What to do about a finding, in words: what comes first, what to change, and where it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


def _where(change: Change, said: str) -> str:
    """A setting behind the case in which it is one to change."""
    when = holds(change)
    return f"{when[:1].upper()}{when[1:]}: {said}" if when else said


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
        elif self.says_not_to_do(one):
            lines.append(f"**What does not help:** {in_code(lowered(one.not_to_do))}")
        lines.append(f"**Why:** {in_code(lowered(one.says))}")
        return '<div class="sm-do-first" markdown>\n\n' + "\n\n".join(lines) + "\n\n</div>"

    def says_not_to_do(self, one: Finding) -> bool:
        """Whether what does not help is among these lines: where nothing is to be worked out."""
        return bool(one.not_to_do) and not (one.change and one.calculator)

    def _first(self, one: Finding) -> str:
        always = [change for change in one.change if not depends(one, change)]
        if always or (one.change and not one.look):
            change = (always or one.change)[0]
            return f"{'set' if change.value else 'change'} {self._setting(one, change)}{_also(holds(change))}"
        return looked_at(in_code(one.look[0].what), one.look[0].command) if one.look else NOTHING_TO_CHANGE[one.kind]

    def changes(self, one: Finding) -> str:
        """A list of what to change, what always helps first; a key is named once, above its cases."""
        keys: dict[str, list[Change]] = {}
        for change in sorted(one.change, key=lambda change: depends(one, change)):
            keys.setdefault(change.key, []).append(change)
        return "\n".join(line for key, found in keys.items() for line in self._listed(one, key, found))

    def _listed(self, one: Finding, key: str, found: Sequence[Change]) -> list[str]:
        if len(found) == 1:
            return [f"- {_where(found[0], self._setting(one, found[0]))}"]
        cases = ((change, ". ".join(filter(None, self._said(one, change)))) for change in found)
        return [f"- {self._named(key)}", *(f"    - {_where(change, said)}" for change, said in cases)]

    def _setting(self, one: Finding, change: Change) -> str:
        value, why = self._said(one, change)
        return self._named(change.key) + (f" = {value}" if value else "") + (f". {why}" if why else "")

    def _named(self, key: str) -> str:
        return self._key(key) if key in KEYS and KEYS[key].memory else named(key)

    def _said(self, one: Finding, change: Change) -> tuple[str, str]:
        """The value of a setting where there is one, and what it does."""
        value = value_for(change.key, change.value, example_numbers(one))
        said = ", in the example" if change.value and not change.value.startswith('"') else ""
        return f"`{value}`{said}" if value else "", in_code(change.why)

    def calculator(self, one: Finding) -> str:
        """The address of the finding's calculator, with the numbers of the example in it."""
        calculator = str(one.calculator["id"])
        inputs = filled(one.calculator.get("inputs", {}), example_numbers(one))
        page, _, fragment = _AT.get(calculator, f"calculators/{calculator}.md").partition("#")
        query = f"?{urlencode(inputs)}" if inputs else ""
        return self._to(page) + query + (f"#{fragment or calculator}" if fragment or inputs else "")
