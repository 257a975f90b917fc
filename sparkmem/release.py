"""The Spark releases that the model knows, and the Java versions that it knows.

A release is named by its minor version (``"4.3"``), as in Spark's own documentation.
What is said of it was read and measured at one patch release, its *witness*.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Release:
    """One minor release of Spark: its name, the patch release that was measured, a Java version for it."""

    name: str
    witness: str
    java: int

    @property
    def tag(self) -> str:
        """The tag in Spark's repository at which sources are cited.

        >>> release("3.5").tag
        'v3.5.9'
        """
        return f"v{self.witness}"

    @property
    def number(self) -> tuple[int, int]:
        """Major and minor version, for comparing.

        >>> release("3.5").number < release("4.0").number
        True
        """
        major, minor = self.name.split(".")
        return int(major), int(minor)

    def __str__(self) -> str:
        return self.name


# Java: the one that we take where the reader does not say; a choice of ours, in line with
# what each release's official image carries, and 11 where that is 8, which was not measured.
RELEASES: dict[str, Release] = {
    r.name: r
    for r in (
        Release("2.4", "2.4.8", 11),
        Release("3.0", "3.0.3", 11),
        Release("3.1", "3.1.3", 11),
        Release("3.2", "3.2.4", 11),
        Release("3.3", "3.3.4", 17),
        Release("3.4", "3.4.4", 17),
        Release("3.5", "3.5.9", 17),
        Release("4.0", "4.0.5", 17),
        Release("4.1", "4.1.4", 17),
        Release("4.2", "4.2.1", 17),
        Release("4.3", "4.3.0", 17),
    )
}

NEWEST = "4.3"

JAVA_VERSIONS = (11, 17, 21, 25)
"""Those that were measured."""

BY_RULE = 8
"""The Java that is taken by its rules alone: none was to be had, and most of Spark 2.4 to 3.5 ran, or runs, on it."""

JAVA_CHOICES = (BY_RULE, *JAVA_VERSIONS)


def release(name: str) -> Release:
    """The release of that name; KeyError if the model does not know it."""
    return RELEASES[name]


def since(name: str, first: str) -> bool:
    """Whether a release is ``first`` or newer.

    >>> since("4.0", "3.3"), since("3.0", "3.3")
    (True, False)
    """
    return _PLACE[name] >= _PLACE[first]


_PLACE = {name: place for place, name in enumerate(RELEASES)}
