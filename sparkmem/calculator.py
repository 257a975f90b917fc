"""What a calculator is: declared once, and read by pages, forms, command line, browser and tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sparkmem.answer.line import DEFAULT, SET
from sparkmem.answer.result import Result
from sparkmem.errors import BadInputs, InputError, Refused
from sparkmem.release import NEWEST, RELEASES, since
from sparkmem.release import release as release_named

if TYPE_CHECKING:
    from sparkmem.refusals.job import Job


@dataclass(frozen=True)
class Input:
    """One input: named by its configuration key where Spark has one, else in lower-case words.

    ``default`` is written as a reader would write it; ``""`` means that the input is not set.
    ``choices`` pairs each value with its label.  ``since`` is the first release that knows the key.
    One that is ``counted`` lists words for programs, with commas between them: readers are told how many.
    """

    name: str
    label: str
    help: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    group: str = ""
    unit: str = ""
    example: str = ""
    see: str = ""
    in_form: bool = True
    counted: bool = False
    only: tuple[str, tuple[str, ...]] = ("", ())
    """Another input, and the values of it with which this one decides anything; without a name, with all of them."""

    @property
    def most_characters(self) -> int:
        """How long a text for it may be: what a reader writes is shorter, and what is longer is a mistake or an attack."""
        return 1_000_000 if self.private else 4_096

    @property
    def private(self) -> bool:
        """Whether it takes any text: then no answer and no address repeats what was given."""
        return self.unit == "lines"

    @property
    def parameter(self) -> str:
        """The name as a Python parameter.

        >>> Input("spark.memory.storageFraction", "", "").parameter
        'memory_storage_fraction'
        """
        words = self.name.removeprefix("spark.").replace(".", "_").replace("-", "_")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in words)


RELEASE = Input(
    "release",
    "Spark release",
    "The release whose rules and words are used.",
    default=NEWEST,
    choices=tuple((name, f"Spark {name}") for name in reversed(RELEASES)),
    group="executor",
    see="checked/#releases",
)


_NAMES = ("Java", "Kubernetes", "PySpark", "Python", "Spark")


class Given:
    """The texts of one request, defaults filled in, and the faults found while reading them."""

    def __init__(self, inputs: Mapping[str, Input], texts: Mapping[str, str]) -> None:
        self._inputs = inputs
        self._texts = texts
        self.errors: list[InputError] = []

    @cached_property
    def release(self) -> str:
        """The release asked for."""
        return self.text("release")

    @cached_property
    def job(self) -> Job:
        """The application that the inputs describe, as far as the calculator asks for it."""
        return _job(self)

    def has(self, name: str) -> bool:
        """Whether the calculator has an input of this name."""
        return name in self._inputs

    def settings(self) -> dict[str, str]:
        """Spark's own keys among the texts given, each with its text."""
        return {name: text for name, text in self._texts.items() if name.startswith("spark.")}

    def among(self, names: Iterable[str]) -> dict[str, str]:
        """What the request says of these inputs, in their order."""
        texts = self._texts
        return {name: texts[name] for name in names if name in texts and (texts[name] or name.startswith("spark."))}

    def is_set(self, name: str) -> bool:
        """Whether the request says something of this input; to Spark, an empty text is a text too."""
        return name in self._texts and (self._texts[name] != "" or name.startswith("spark."))

    @cached_property
    def changed(self) -> Mapping[str, str]:
        """What the request says, by name, in the order of the inputs; never a text that was pasted."""
        return {name: text for name, text in self.among(self._inputs).items() if not self._inputs[name].private}

    def text(self, name: str) -> str:
        """The text given, or the default's."""
        text = self._texts.get(name)
        return text if text or (text is not None and name.startswith("spark.")) else self._inputs[name].default

    def said(self, name: str) -> str:
        """The input in words: Spark's key and its text, else the label of the input and that of the choice."""
        item, text = self._inputs[name], self.text(name)
        if name.startswith("spark."):
            return f"{name} {text}"
        first, *rest = item.label.split()
        if item.counted:
            count = text.count(",") + 1
            return " ".join([str(count), first.lower(), *rest]).removesuffix("s" if count == 1 else "")
        chosen = dict(item.choices).get(text, text)
        if chosen.startswith(first):
            return chosen
        return " ".join([first if first in _NAMES or first.isupper() else first.lower(), *rest, chosen])

    def provenance(self, name: str) -> str:
        """``set`` or ``default``."""
        return SET if self.is_set(name) else DEFAULT

    def attempt(self, name: str, compute: Callable[..., Any], *arguments: Any) -> Any:
        """What ``compute`` returns, or None with its refusal kept, where an argument is None too."""
        if None in arguments:
            return None
        try:
            return compute(*arguments)
        except Refused as refusal:
            advice = refusal.change
            self.errors.append(InputError(refusal.key or name, refusal.message, refusal.see, change=advice, by=refusal.by))
        except InputError as error:
            self.errors.append(error)
        return None

    def refused(self, name: str) -> bool:
        """Whether a fault of this input was found already."""
        return any(error.name == name for error in self.errors)

    def stop_on_faults(self) -> None:
        """Raise all faults at once, if there are any."""
        if self.errors:
            raise BadInputs(self.errors)

    def described(self, meanings: Mapping[str, str]) -> list[dict[str, str]]:
        """The inputs as an answer carries them."""
        changed = self.changed
        return [
            {
                "name": name,
                "value": changed.get(name, item.default),
                "provenance": SET if name in changed else DEFAULT,
                "text": meanings.get(name, ""),
                "see": item.see,
            }
            for name, item in self._inputs.items()
            if (item.in_form or name in changed) and not item.private
        ]


def job_of(given: Given) -> Job:
    """The application that the inputs describe, as far as this calculator asks for it."""
    return given.job


def _job(given: Given) -> Job:
    from sparkmem.refusals.job import Job  # here: a command line that only loads sparkmem asks for no job

    manager, mode, language = (
        given.text(name) if given.has(name) else "" for name in ("cluster-manager", "deploy-mode", "language")
    )
    java = given.text("java") if given.has("java") else ""
    sure = java or (release_named(given.release).java if since(given.release, _JAVA_8_GONE) else 0)
    return Job(given.settings(), given.release, manager, mode, language, java=int(sure))


def _remarked(result: Result, given: Given, job: Job) -> Result:
    """The result with what is said of flags that do nothing, where it does not say so itself."""
    if not any(key.endswith(_OPTIONS) for key in job.settings):
        return result
    from sparkmem.answer.remarks import dead_flag_notes  # here: most give no flags

    java = given.text("java") if given.has("java") else ""
    found = list(dead_flag_notes(job, int(java or release_named(given.release).java)))
    said = {note.id for note in result.notes}
    return replace(result, notes=(*(note for note in found if note.id not in said), *result.notes))


_OPTIONS = "JavaOptions"
_MOST_UNKNOWN = 20
_LONGEST_NAME = 80  # of what is repeated in an error
_JAVA_8_GONE = "4.0"  # before, it may be Java 8 that reads the options, of which nothing was recorded


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
    asks_register: bool = True
    """False for one that asks other calculators, of several releases, and tells what each refuses."""

    @cached_property
    def by_name(self) -> Mapping[str, Input]:
        """The inputs by name, in their order."""
        return {item.name: item for item in self.inputs}

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
        job = job_of(given) if asks else None
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
            if item is None or not (slip := what_to_write(item.unit, given.text(error.name), item.example)):
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
        unknown = set([name for name in names if name not in self.by_name][_MOST_UNKNOWN:])
        return [name for name in names if name not in unknown]

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
        if len(text) > item.most_characters:
            message = f"{name} has {len(text):,} characters, and at most {item.most_characters:,} are read"
            return InputError(name, message, item.see, change="leave out what is not needed")
        if not item.choices or name.startswith("spark."):
            return None
        values = [value for value, _ in item.choices]
        if text in values:
            return None
        listed = ", ".join(value for value in values if value)
        shown = text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
        return InputError(name, f"{name} {shown!r} is not one of {listed}", item.see, change=f"choose one of {listed}")
