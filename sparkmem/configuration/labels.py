"""Which release of Spark a vendor's label stands for, from the vendors' own lists of releases."""

from __future__ import annotations

import re

# (how the label is written, and from which version of it on which release of Spark is in it; the newest known last).
_LABELS: tuple[tuple[str, dict[tuple[int, int], str]], ...] = (
    # Amazon EMR release guide, application versions; the same labels for EMR Serverless and EMR on EKS.
    (r"\bemr-(\d)\.(\d{1,2})(?:\.\d{1,2})?", {
        (5, 19): "2.4", (6, 1): "3.0", (6, 3): "3.1", (6, 6): "3.2", (6, 8): "3.3", (6, 12): "3.4", (7, 0): "3.5",
    }),
    # Databricks Runtime release notes
    (r"\b(\d{1,2})\.(\d{1,2})\.x-(?:\w+-){0,4}scala2\.1[0-3]", {
        (5, 0): "2.4", (7, 0): "3.0", (8, 0): "3.1", (10, 0): "3.2", (11, 0): "3.3", (13, 0): "3.4", (14, 0): "3.5",
        (17, 0): "4.0",
    }),
    # AWS Glue, versions
    (r"\b[gG]lue[_-]?[vV]ersion[\"']?\s{0,3}[:=,]?\s{0,3}[\"']?(\d)\.(\d)", {
        (1, 0): "2.4", (3, 0): "3.1", (4, 0): "3.3", (5, 0): "3.5",
    }),
    # Dataproc image versions
    (r"\b(?:image[-_]version|imageVersion)[\"']?\s{0,3}[:=]?\s{0,3}[\"']?(\d)\.(\d)", {
        (1, 4): "2.4", (2, 0): "3.1", (2, 1): "3.3", (2, 2): "3.5",
    }),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), table) for pattern, table in _LABELS)


def release_of_label(text: str) -> tuple[str, re.Match[str]] | None:
    """The release that a label in the text stands for, and where it stands.

    >>> release_of_label("--release-label emr-6.15.0")[0], release_of_label("emr-2.1") is None
    ('3.4', True)
    """
    for pattern, table in _COMPILED:
        match = pattern.search(text)
        if match:
            version = (int(match[1]), int(match[2]))
            release = [release for start, release in table.items() if start <= version]
            if release:
                return release[-1], match
    return None
