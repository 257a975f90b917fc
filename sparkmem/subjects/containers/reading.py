"""The application that the inputs describe, with every text that Spark would not read kept as a fault."""

from __future__ import annotations

from typing import Any

from sparkmem.errors import InputError, Refused
from sparkmem.given import Given
from sparkmem.record import record
from sparkmem.release import since
from sparkmem.size import SizeError, byte_string_as_mb
from sparkmem.spark.containers.container import Application
from sparkmem.spark.containers.resource_profile import REQUESTS
from sparkmem.spark.settings.entry import Entry
from sparkmem.spark.settings.spark_conf import OLD_NAMES, SparkConf
from sparkmem.subjects.containers.inputs import INPUTS
from sparkmem.subjects.containers.settings import DEPLOY_MODE, LANGUAGE, MANAGER, PAGE


@record
class GivenConf(SparkConf):
    """The settings of a request: a text that Spark would not read is kept as a fault, and the default goes on."""

    given: Given

    def get(self, entry: Entry) -> Any:
        """The entry's value; the default's after a fault."""
        try:
            return SparkConf.get(self, entry)
        except Refused as refusal:
            name = entry.key if entry.key in self.settings else OLD_NAMES[entry.key]
            if not self.given.refused(name):
                self.given.errors.append(
                    InputError(name, refusal.message, refusal.see, change=refusal.change, by=refusal.by)
                )
            return entry.default_at(self.release)


def application(given: Given) -> Application:
    """The application that the inputs describe; what the calculator does not ask for has its default."""
    requests = given.attempt("profile-memory", _requests, given) if given.has("profile-memory") else None
    language, mode = (given.text(i.name) if given.has(i.name) else i.default for i in (LANGUAGE, DEPLOY_MODE))
    conf = GivenConf(given.settings(), given.release, given)
    return Application(conf, given.text(MANAGER.name), mode == "cluster", language, requests or None)


def _requests(given: Given) -> dict[str, str]:
    """What a custom profile asks for; faults in order, all kept."""
    asked = {name: given.text(f"profile-{name}") for name in REQUESTS if given.is_set(f"profile-{name}")}
    if asked and not since(given.release, "3.1"):
        name = f"profile-{next(iter(asked))}"
        raise InputError(
            name, f"Spark {given.release} has no resource profiles", PAGE + "#profiles", change="they came with 3.1"
        )
    cores = asked.get("cores", "1")
    if not (cores.isascii() and cores.isdigit() and len(cores) < 10):
        raise InputError(
            "profile-cores", f"profile-cores {cores!r} is not a whole number", PAGE + "#profiles", change="write it as 4"
        )
    return asked


def mebibytes(given: Given, name: str) -> int | None:
    """A size of the cluster [MiB], None where it is not given."""
    text = given.text(name)
    if not text:
        return None
    try:
        mib = byte_string_as_mb(text)
    except SizeError as error:
        raise _unusable(name, str(error)) from None
    if not 0 < mib < 1 << 31:
        raise _unusable(name, f"{name} {text!r} is not between 1 MiB and 2 PiB")
    return mib


def _unusable(name: str, message: str) -> InputError:
    see = next(item.see for item in INPUTS if item.name == name)
    return InputError(name, message, see, change="write it as 8192 or 8g")
