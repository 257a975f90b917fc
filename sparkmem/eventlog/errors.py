"""What of a log cannot be read at all; lines that cannot are counted and never raise."""

from __future__ import annotations

from sparkmem.errors import SparkmemError

SEE = "read-a-run/#formats"


class UnreadableLog(SparkmemError):
    """A file that is no event log, or whose compression cannot be undone: which, why, and what to do."""

    see = SEE
