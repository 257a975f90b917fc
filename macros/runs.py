"""What the pages about event logs ask for: the reader's element, and the table of executor metrics."""

from __future__ import annotations

from sparkmem.render.markdown import table
from sparkmem.render.run.rows import metric_rows


def executor_metrics() -> str:
    """Every metric that an executor samples."""
    return table(["Metric", "Since", "What it is", "Mind"], metric_rows())
