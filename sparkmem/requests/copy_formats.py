"""The formats that a configuration can be taken away in, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CopyFormat:
    """A format: its id, its name for people, the format of configurations that writes it, what it holds beside settings.

    ``implies`` is what it says by being that format.
    """

    id: str
    name: str
    written_as: str = ""
    holds: tuple[str, ...] = ()
    implies: tuple[tuple[str, str], ...] = ()
    has_comments: bool = True


COPY_FORMATS: dict[str, CopyFormat] = {
    f.id: f
    for f in (
        CopyFormat("link", "Link", has_comments=False),
        CopyFormat("short", "Short text", has_comments=False),
        CopyFormat("spark-submit", "spark-submit", "spark-submit", ("cluster-manager", "deploy-mode", "language")),
        CopyFormat("spark-defaults", "spark-defaults.conf", "spark-defaults", ("cluster-manager", "deploy-mode")),
        CopyFormat("pyspark", "PySpark", "session-builder", ("cluster-manager",), (("language", "python"),)),
        CopyFormat(
            "emr", "EMR JSON", "emr-json", ("cluster-manager", "deploy-mode"), (("cluster-manager", "yarn"),),
            has_comments=False,
        ),
        CopyFormat(
            "spark-application", "SparkApplication", "spark-application",
            ("cluster-manager", "deploy-mode", "language", "release"),
            (("cluster-manager", "kubernetes"), ("deploy-mode", "cluster")),
        ),
        CopyFormat("markdown", "Markdown", has_comments=False),
        CopyFormat("json", "JSON", has_comments=False),
    )
}  # fmt: skip
