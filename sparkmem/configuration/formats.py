"""Reading by evidence, and writing by name: the forms are tried from the surest on; the first that takes something wins."""

from __future__ import annotations

import re

from sparkmem.configuration import (
    cluster_alone,
    handed_on,
    named_values,
    other_environments,
    requested,
    tries,
    unread_file,
)
from sparkmem.configuration.by_evidence import accounts, read_parts
from sparkmem.configuration.circumstances import concluded
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.forms import FORMATS, FORMS, Format
from sparkmem.configuration.passed_over import NOT_OF_SPARK
from sparkmem.configuration.peel import notebook_files
from sparkmem.configuration.peel.long_text import parted
from sparkmem.configuration.steps_of_parts import OF_PARTS, Text
from sparkmem.configuration.steps_of_the_whole import OF_THE_WHOLE
from sparkmem.configuration.talk import Talk

LONGEST = 1_000_000
_HEAP = re.compile(r"(?<![\w-])-Xmx[0-9]")


def recognise(text: str) -> str:
    """The id of the form that the text is most surely in; empty where it is in none.

    >>> recognise("spark-submit --executor-memory 8g app.py"), recognise("spark.executor.memory  8g")
    ('spark-submit', 'spark-defaults')
    """
    near, _ = parted(text)
    return next((form.id for form in FORMS if form.looks_like(near)), "")


def read(text: str, format: str = "", *, in_force: bool = False) -> Configuration:
    """The configuration in a text, in the form that is recognised; ``ConfigurationError`` where there is none.

    With ``in_force`` what a program sets for a driver's JVM that runs already is lost, and overrides nothing.
    Where a form is named the text is read in that alone, and nothing is concluded from words beside its settings.

    >>> read("export A=1; spark-submit --executor-memory 8g app.py").values
    {'spark.executor.memory': '8g'}
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise ConfigurationError(f"a text of {len(text):,} characters: more than {LONGEST:,} are not read")
    if format:
        return _named(format).read(text)
    if not text.strip():
        raise ConfigurationError("there is nothing to read")
    notebook = notebook_files.unfolded(text)
    if notebook.lines:
        return notebook.placed(read(notebook.text, in_force=in_force))
    text, others, environment = other_environments.apart(text)
    text, unreached = handed_on.apart(text)
    text, unread = unread_file.apart(text)
    text, left_out, jobs = tries.apart(text)
    begun, far = parted(text)
    talk = Talk(begun)
    unheard = (*talk.left_out, *left_out)
    asked = Text(talk.heard, far, unheard, others=others, jobs=jobs, environment=environment, in_force=in_force)
    asked.out_of_reach = (*unreached, *unread)
    asked.words = named_values.peel((Talk(text) if far else talk).without_advice)
    parts, error = read_parts(asked.near)
    for of_parts in OF_PARTS:
        parts = of_parts(parts, asked)
    if not parts and (described := cluster_alone.described_alone(asked.near)):
        parts = [described]
    if not parts:
        if not asked.out_of_reach:
            raise _unread(text, error)
        parts = [Configuration(())]
    if not any(map(accounts, parts)):
        parts = _without_a_setting(parts, text, asked.near)
    asked.telling = [part for part in parts if part.settings or part.lost or part.cluster or part.starts]
    found = concluded(combined(asked.telling or parts), asked.words)
    for of_whole in OF_THE_WHOLE:
        found = of_whole(found, asked)
    return found


def _without_a_setting(parts: list[Configuration], text: str, near: str) -> list[Configuration]:
    """What a text without a setting of memory says all the same: never that none is set, where a heap stands there."""
    if _tells_of_failure(text):
        raise _unread(text, None)
    if asked := requested.alone(near):
        return [asked]
    if _HEAP.search(near):
        raise _unread(text, ConfigurationError("-Xmx of a JVM, and no word that says of which process of Spark's"))
    if all(map(_of_another_program, parts)):
        raise _unread(text, None)
    return parts


def _of_another_program(found: Configuration) -> bool:
    """Whether a part has settings, and none of Spark's, and says nothing else of a job."""
    beside = found.starts or found.said or found.remarks or found.circumstances.as_inputs()
    return not beside and bool(found.ignored) and all(one.reason == NOT_OF_SPARK for one in found.ignored)


def _tells_of_failure(text: str) -> bool:
    from sparkmem.configuration.unread import tells_of_failure  # here: the same

    return tells_of_failure(text)


def _unread(text: str, error: ConfigurationError | None) -> ConfigurationError:
    """What the surest form said of a text of which nothing is read, and what the text looks like."""
    from sparkmem.configuration.unread import unread  # here: most texts are read

    of_the_form = f"{error.message}; " if error and not _tells_of_failure(text) else ""
    return ConfigurationError(of_the_form + unread(text))


def write(configuration: Configuration, format: str) -> str:
    """The configuration in a format; ``ConfigurationError`` where the format cannot hold it.

    What is known beside the settings is written where the format has a word for it.
    """
    found = _named(format)
    if not found.write:
        raise ConfigurationError(f"{found.id} is read and not written")
    for setting in configuration.settings:
        if setting.variables and format != "spark-submit":
            raise ConfigurationError(f"{setting.key} holds ${setting.variables[0]}, which only a shell fills in")
    if configuration.cluster and format not in ("emr-json", "markdown"):
        keys = ", ".join(configuration.cluster)
        raise ConfigurationError(f"{found.id} has no place for settings of the cluster: {keys}")
    return found.write(configuration)


def _named(id: str) -> Format:
    if id not in FORMATS:
        raise ConfigurationError(f"no format {id!r}; there are {', '.join(FORMATS)}")
    return FORMATS[id]
