"""What an input of a calculator is: its name, its words for a form, its choices, its default."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sparkmem.release import NEWEST, RELEASES

NOT_KEPT = "not-kept"
"""What an address holds for a text that it may not hold: one that has not the shape of what is meant may be a secret."""
WAS_NOT_KEPT = "type it again: what was written here is in no address, as it may be a secret"
LEAST_READ = 4_096
"""So many characters a text for any input may have."""


@dataclass(frozen=True)
class Input:
    """One input: named by its configuration key where Spark has one, else in lower-case words.

    ``default`` is written as a reader would write it; ``""`` means that the input is not set.
    ``choices`` pairs each value with its label.  ``since`` is the first release that knows the key.
    One that is ``counted`` lists words for programs, with commas between them: readers are told how many.
    """

    name: str
    label: str
    help: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    group: str = ""
    unit: str = ""
    example: str = ""
    see: str = ""
    in_form: bool = True
    counted: bool = False
    only: tuple[str, tuple[str, ...]] = ("", ())
    """Another input, and the values of it with which this one decides anything; without a name, with all of them."""

    @property
    def most_characters(self) -> int:
        """How long a text for it may be: what a reader writes is shorter, and what is longer is a mistake or an attack."""
        return 1_000_000 if self.private else LEAST_READ

    @property
    def private(self) -> bool:
        """Whether it takes any text: then no answer and no address repeats what was given."""
        return self.unit == "lines"

    @cached_property
    def chooses_release(self) -> bool:
        """Whether it chooses a release of Spark: its default may be another when there is a newer one.

        >>> RELEASE.chooses_release, Input("cores", "", "", default="2.4").chooses_release
        (True, False)
        """
        return any(value in RELEASES for value, _ in self.choices)

    @property
    def parameter(self) -> str:
        """The name as a Python parameter.

        >>> Input("spark.memory.storageFraction", "", "").parameter
        'memory_storage_fraction'
        """
        words = self.name.removeprefix("spark.").replace(".", "_").replace("-", "_")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in words)


RELEASE = Input(
    "release",
    "Spark release",
    "The release whose rules and words are used.",
    default=NEWEST,
    choices=tuple((name, f"Spark {name}") for name in reversed(RELEASES)),
    group="executor",
    see="checked/#releases",
)
