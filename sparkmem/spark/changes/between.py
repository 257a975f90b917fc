"""What changed for memory between releases of Spark."""

from sparkmem.release import release as release_named
from sparkmem.release import since
from sparkmem.spark.changes.change import Change
from sparkmem.spark.changes.series_3 import CHANGES_3
from sparkmem.spark.changes.series_4 import CHANGES_4

CHANGES = CHANGES_3 + CHANGES_4


def changes_between(one: str, other: str) -> tuple[Change, ...]:
    """What changed after the older of two releases, up to and with the newer, oldest change first.

    >>> [change.id for change in changes_between("4.2", "4.0")][:2]
    ['page-fits-region-z', 'invalid-conf-value']
    """
    older, newer = sorted((one, other), key=lambda name: release_named(name).number)
    return tuple(c for c in CHANGES if since(newer, c.since) and not since(older, c.since))
