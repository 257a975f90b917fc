"""What a calculator is: declared once, and read by pages, forms, command line, browser and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sparkmem.answer.result import Result
from sparkmem.errors import BadInputs, InputError
from sparkmem.given import Given
from sparkmem.input import LEAST_READ, NOT_KEPT, WAS_NOT_KEPT, Input
from sparkmem.release import RELEASES
from sparkmem.release import release as release_named

if TYPE_CHECKING:
    from sparkmem.refusals.job import Job

_OPTIONS = "JavaOptions"
_MOST_UNKNOWN = 20
_LONGEST_NAME = 80  # of what is repeated in an error


def _remarked(result: Result, given: Given, job: Job) -> Result:
    """The result with what is said of flags that do nothing, where it does not say so itself."""
    if not any(key.endswith(_OPTIONS) for key in job.settings):
        return result
    from sparkmem.answer.remarks import dead_flag_notes  # here: most give no flags

    java = given.text("java") if given.has("java") else ""
    found = list(dead_flag_notes(job, int(java or release_named(given.release).java)))
    said = {note.id for note in result.notes}
    return replace(result, notes=(*(note for note in found if note.id not in said), *result.notes))


@dataclass(frozen=True)
class Calculator:
    """A question, the inputs that it takes, and the function that answers it."""

    id: str
    title: str
    question: str
    inputs: tuple[Input, ...]
    compute: Callable[[Given], Result]
    see: str
    first: tuple[str, ...] = ()
    """The three to five inputs that matter most, by name: where there is little room, the answer follows them at once."""
    decisive: tuple[str, ...] = ()
    """Rows that a reader decides by, the first ones first, where those are not the totals of what is drawn."""
    asks_register: bool = True
    """False for one that asks other calculators, of several releases, and tells what each refuses."""

    @cached_property
    def by_name(self) -> Mapping[str, Input]:
        """The inputs by name, in their order."""
        return {item.name: item for item in self.inputs}

    @cached_property
    def release_inputs(self) -> tuple[Input, ...]:
        """The inputs that choose a release of Spark."""
        return tuple(item for item in self.inputs if item.chooses_release)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each input stands among the others, by name."""
        return {name: place for place, name in enumerate(self.by_name)}

    def run(self, texts: Mapping[str, str]) -> tuple[Result, Given]:
        """The result for these texts; ``BadInputs`` with every fault of theirs, and all that the register refuses."""
        from sparkmem.refusals.register import refusals  # here: the same

        given = self._given(texts)
        # One that takes any release asks for each of them.
        asks = self.asks_register and given.release in RELEASES
        job = given.job if asks else None
        refused = refusals(job) if job else []
        try:
            result = self.compute(given)
        except BadInputs as bad:
            named = {error.name for error in bad.errors}
            faults = [*bad.errors, *(error for error in refused if error.name not in named)]
            raise BadInputs(self._advised(faults, given)) from None
        if refused:
            raise BadInputs(self._advised(refused, given))
        return (_remarked(result, given, job) if job else result), given

    def _advised(self, errors: list[InputError], given: Given) -> list[InputError]:
        """The same errors, each with what to write where its text is a slip."""
        from sparkmem.size.meant import what_to_write  # here: a page without a mistake in it need not load it

        for error in errors:
            item = self.by_name.get(error.name)
            if item is None or error.message == WAS_NOT_KEPT:
                continue
            if not (slip := what_to_write(item.unit, given.text(error.name), item.example)):
                continue
            general = not error.change or error.change.startswith("write")
            error.change = slip if general else f"{slip}; {error.change}"
        return errors

    def alone(self, texts: Mapping[str, str]) -> Result:
        """What its own part of Spark makes of these texts, whether or not an application comes so far with them."""
        return self.compute(self._given(texts))

    def _given(self, texts: Mapping[str, str]) -> Given:
        faults = {error.name: error for name in self._told(texts) if (error := self._fault(name, texts[name]))}
        usable = {name: text for name, text in texts.items() if name in self.by_name and name not in faults}
        given = Given(self.by_name, usable)
        given.errors.extend(faults.values())
        if "release" in faults:
            given.stop_on_faults()  # nothing can be said without one
        return given

    def _told(self, names: Iterable[str]) -> list[str]:
        """The names of which a fault is told: of those that are no inputs the first are enough."""
        by_name = self.by_name
        unknown = [name for name in names if name not in by_name]
        if len(unknown) <= _MOST_UNKNOWN:
            return list(names)
        more = set(unknown[_MOST_UNKNOWN:])
        return [name for name in names if name not in more]

    def _fault(self, name: str, text: str) -> InputError | None:
        """What is wrong with a name, or with a choice of ours; Spark checks its own keys, in its own words."""
        item = self.by_name.get(name)
        if item is None:
            from difflib import get_close_matches  # here: a page without a mistake in it need not load it

            names = list(self.by_name)
            near = get_close_matches(name[:_LONGEST_NAME], names, 1, 0.6)
            change = f"did you mean {near[0]}?" if near else f"the inputs are {', '.join(names)}"
            shown = name[:_LONGEST_NAME]
            return InputError(shown, f"{self.id} has no input {shown!r}", "checked/#how-to-read", change=change)
        if NOT_KEPT in text and NOT_KEPT in text.split() and not item.private:
            return InputError(name, WAS_NOT_KEPT, item.see)
        if len(text) > LEAST_READ and len(text) > item.most_characters:
            message = f"{name} has {len(text):,} characters, and at most {item.most_characters:,} are read"
            return InputError(name, message, item.see, change="leave out what is not needed")
        if not item.choices or name.startswith("spark."):
            return None
        for value, _ in item.choices:
            if value == text:
                return None
        listed = ", ".join(value for value, _ in item.choices if value)
        shown = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
        return InputError(name, f"{name} {shown!r} is not one of {listed}", item.see, change=f"choose one of {listed}")
