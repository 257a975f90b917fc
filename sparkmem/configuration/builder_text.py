"""A configuration written as a session's builder in Python."""

from __future__ import annotations

from sparkmem.configuration.carried import MASTERS
from sparkmem.configuration.configuration import Configuration, ConfigurationError


def write(configuration: Configuration) -> str:
    """A builder in Python that makes the same settings."""
    known = configuration.circumstances
    if known.deploy_mode == "cluster":
        raise ConfigurationError("a builder cannot choose the deploy mode cluster: spark-submit's --deploy-mode does")
    if known.language not in ("", "python"):
        raise ConfigurationError(f"the application is written for {known.language}, and this builder is Python's")
    lines = [f"    .master({literal(MASTERS[known.cluster_manager])})"] if known.cluster_manager else []
    for setting in configuration.settings:
        lines.append(f"    .config({literal(setting.key)}, {literal(setting.value)})")
    body = "\n".join(["    SparkSession.builder", *lines, "    .getOrCreate()"])
    return f"from pyspark.sql import SparkSession\n\nspark = (\n{body}\n)\n"


def literal(text: str) -> str:
    """The text as a string of Python's."""
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(c)
        or (c if c.isprintable() else f"\\U{ord(c):08x}" if ord(c) > 0xFF else f"\\x{ord(c):02x}")
        for c in text
    )
    return f'"{escaped}"'
