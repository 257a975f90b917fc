"""Which component each file of the built site belongs to."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tools.licences.components import Component


def owners(file: str, components: Iterable[Component]) -> list[str]:
    """The components that a file of the site, named from the home page on, belongs to."""
    return [one.id for one in components if any(_pattern(glob).fullmatch(file) for glob in one.files)]


def unattributed(site: Path, components: Sequence[Component]) -> list[str]:
    """The files that belong to none, or to more than one."""
    files = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file())
    return [file for file in files if len(owners(file, components)) != 1]


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    """A star stands for anything within a folder, two for any folders.

    >>> bool(_pattern("**/*.html").fullmatch("index.html")), bool(_pattern("a/*").fullmatch("a/b/c"))
    (True, False)
    """
    escaped = re.escape(glob).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(escaped)
