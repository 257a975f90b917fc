"""The releases of Spark that are asked, and the Java that each is asked on."""

JAVA = {
    "2.4.8": 11,
    "3.0.3": 11,
    "3.1.3": 11,
    "3.2.4": 11,
    "3.3.4": 17,
    "3.4.4": 17,
    "3.5.9": 17,
    "4.0.5": 17,
    "4.1.4": 17,
    "4.2.1": 17,
    "4.3.0": 17,
}
"""Java by release: the newest of 11 and 17 that Spark's documentation of that release names.
2.4 names Java 8 only; its memory manager runs on 11 as it is."""


def at_least(release: str, minor: str) -> bool:
    """Whether a release is of this minor version or later.

    >>> at_least("4.3.0", "3.5"), at_least("3.5.9", "4.0")
    (True, False)
    """
    return _numbers(release) >= _numbers(minor)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
