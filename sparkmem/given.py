"""What was given for the inputs of a calculator, with defaults filled in, and the faults found while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sparkmem.answer.line import DEFAULT, SET
from sparkmem.errors import BadInputs, InputError, Refused
from sparkmem.input import Input
from sparkmem.release import RELEASES, since
from sparkmem.release import release as release_named

if TYPE_CHECKING:
    from sparkmem.refusals.job import Job

_NAMES = ("Java", "Kubernetes", "PySpark", "Python", "Spark")
_JAVA_8_GONE = "4.0"  # before, it may be Java 8 that reads the options, of which nothing was recorded


class Given:
    """The texts of one request, defaults filled in, and the faults found while reading them."""

    def __init__(self, inputs: Mapping[str, Input], texts: Mapping[str, str]) -> None:
        self._inputs = inputs
        self._texts = texts
        self._settings = {name: text for name, text in texts.items() if name.startswith("spark.")}
        self.errors: list[InputError] = []

    @cached_property
    def release(self) -> str:
        """The release asked for."""
        return self.text("release")

    @cached_property
    def job(self) -> Job:
        """The application that the inputs describe, as far as the calculator asks for it."""
        from sparkmem.refusals.job import Job  # here: a command line that only loads sparkmem asks for no job

        manager, mode, language = (
            self.text(name) if self.has(name) else "" for name in ("cluster-manager", "deploy-mode", "language")
        )
        java = self.text("java") if self.has("java") else ""
        sure = java or (release_named(self.release).java if since(self.release, _JAVA_8_GONE) else 0)
        return Job(self.settings(), self.release, manager, mode, language, java=int(sure))

    @cached_property
    def releases(self) -> dict[str, str]:
        """The releases asked for, by the name of each input that chooses one; never "any"."""
        chosen = {name: self.text(name) for name, item in self._inputs.items() if item.chooses_release}
        return {name: text for name, text in chosen.items() if text in RELEASES}

    def has(self, name: str) -> bool:
        """Whether the calculator has an input of this name."""
        return name in self._inputs

    def settings(self) -> Mapping[str, str]:
        """Spark's own keys among the texts given, each with its text."""
        return self._settings

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
        for argument in arguments:  # and not `in`, which would ask each of them whether it equals None
            if argument is None:
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
