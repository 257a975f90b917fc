"""The formats, in the order in which a text is tried against them; reading and writing by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sparkmem.configuration import (
    builder,
    defaults_file,
    emr_json,
    environment_rows,
    get_all,
    markdown_table,
    spark_application,
    spark_submit,
    submit_command,
    submit_options,
)
from sparkmem.configuration.configuration import Configuration, ConfigurationError

LONGEST = 1_000_000


@dataclass(frozen=True)
class Format:
    """One format: its id, its name for people, how it is told, read and, where it can be, written."""

    id: str
    name: str
    looks_like: Callable[[str], bool]
    read: Callable[[str], Configuration]
    write: Callable[[Configuration], str] | None = None


FORMATS: dict[str, Format] = {
    f.id: f
    for f in (
        Format(emr_json.FORMAT, "EMR configuration", emr_json.looks_like, emr_json.read, emr_json.write),
        Format(builder.FORMAT, "SparkConf or session builder", builder.looks_like, builder.read, builder.write),
        Format(get_all.FORMAT, "output of SparkConf.getAll", get_all.looks_like, get_all.read),
        Format(
            spark_application.FORMAT,
            "SparkApplication",
            spark_application.looks_like,
            spark_application.read,
            spark_application.write,
        ),
        Format(
            markdown_table.FORMAT, "Markdown table", markdown_table.looks_like, markdown_table.read, markdown_table.write
        ),
        Format(environment_rows.FORMAT, "rows of the Environment page", environment_rows.looks_like, environment_rows.read),
        Format(spark_submit.FORMAT, "spark-submit", submit_options.looks_like, spark_submit.read, submit_command.write),
        Format(
            defaults_file.FORMAT, "spark-defaults.conf", defaults_file.looks_like, defaults_file.read, defaults_file.write
        ),
    )
}


def recognise(text: str) -> str:
    """The id of the format that the text is in; empty where it is in none.

    >>> recognise("spark-submit --executor-memory 8g app.py"), recognise("spark.executor.memory  8g")
    ('spark-submit', 'spark-defaults')
    """
    return next((f.id for f in FORMATS.values() if f.looks_like(text)), "")


def read(text: str, format: str = "") -> Configuration:
    """The configuration in a text, in the format that is named or else recognised; ``ConfigurationError`` otherwise.

    >>> read("export A=1; spark-submit --executor-memory 8g app.py").values
    {'spark.executor.memory': '8g'}
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise ConfigurationError(f"a text of {len(text):,} characters: more than {LONGEST:,} are not read")
    found = _named(format or recognise(text) or _none(text))
    return found.read(text)


def write(configuration: Configuration, format: str) -> str:
    """The configuration in a format; ``ConfigurationError`` where the format cannot hold it.

    What is known beside the settings is written where the format has a word for it.
    """
    found = _named(format)
    if not found.write:
        raise ConfigurationError(f"{found.id} is read and not written")
    for setting in configuration.settings:
        if setting.variables and format != spark_submit.FORMAT:
            raise ConfigurationError(f"{setting.key} holds ${setting.variables[0]}, which only a shell fills in")
    if configuration.cluster and format not in (emr_json.FORMAT, markdown_table.FORMAT):
        keys = ", ".join(configuration.cluster)
        raise ConfigurationError(f"{found.id} has no place for settings of the cluster: {keys}")
    return found.write(configuration)


def _named(id: str) -> Format:
    if id not in FORMATS:
        raise ConfigurationError(f"no format {id!r}; there are {', '.join(FORMATS)}")
    return FORMATS[id]


def _none(text: str) -> str:
    if not text.strip():
        raise ConfigurationError("there is nothing to read")
    names = ", ".join(f.name for f in FORMATS.values())
    raise ConfigurationError(f"none of the formats that are read: {names}")
