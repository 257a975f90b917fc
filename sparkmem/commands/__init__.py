"""The commands, a file each, and the list of them; a new one is a file and a line here."""

from collections.abc import Iterator, Mapping

from sparkmem.commands.command import Command

_NAMES = ("explain", "diagnose", "run", "batch", "replay", "read", "write")
"""In the order in which ``sparkmem --help`` has them; the module of each ends in its declaration, ``EXPLAIN``."""


class _Commands(Mapping[str, Command]):
    """Commands by name; the file of one is loaded when it is first asked for, so that none waits for another."""

    def __getitem__(self, name: str) -> Command:
        if name not in _NAMES:
            raise KeyError(name)
        module = __import__(f"{__name__}.{name}", fromlist=[name.upper()])
        found: Command = getattr(module, name.upper())
        return found

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


COMMANDS: Mapping[str, Command] = _Commands()
