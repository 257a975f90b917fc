"""A record: what is made once and never changed, of which one answer has some two hundred."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Made = TypeVar("_Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(made: type[_Made]) -> type[_Made]:
    """A dataclass that is compared and hashed by its fields, and that the type checker lets no one change.

    A frozen one is guarded at run time too, sets each field past its own guard, and takes three times as long to make.

    >>> @record
    ... class Share:
    ...     part: int
    ...     whole: int = 100
    >>> Share(4) == Share(4, 100), len({Share(4), Share(4)})
    (True, 1)
    """
    return dataclass(unsafe_hash=True)(made)
