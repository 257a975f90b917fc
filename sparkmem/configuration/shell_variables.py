"""What a script says of its own variables: assignments, defaults, arrays; whatever else they hold is unknown."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_DEFAULT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|[0-9])(:?[-=])([^`\"'\n]{0,150})")
_INNER = re.compile(r"\$(?:\{([^{}\n]{1,100})\}|([A-Za-z_]\w{0,60}))")
_ENTRY = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\[(?:\$\{?([A-Za-z_]\w*)\}?|([\w.-]{1,40}))\]")
_ALL_OF = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)\[[@*]\]")
_LONGEST = 20_000
_MOST_FILLED_IN = 400_000

Held = str | list[str]


class Maybe(str):
    """A word that a condition adds to an array."""

    __slots__ = ()


class Variables:
    """Values by name; a name that a script gives two values, one of them under a condition, has none."""

    def __init__(self) -> None:
        self.held: dict[str, Held | None] = {}
        self.lines: dict[str, int] = {}
        self.filled_in = 0
        self._parameters: list[str | None] = []
        self._line = 0

    def assign(self, name: str, value: Held | None, line: int, *, maybe: bool = False) -> None:
        """Keep an assignment; ``maybe`` where a condition decides whether it is made, None where the value is unknown."""
        if value is not None and sum(map(len, value)) > _LONGEST:
            value = None
        if maybe and self.held.get(name, value) != value:
            value = None
        self.held[name], self.lines[name] = value, line

    def append(self, name: str, value: Held | None, line: int, *, maybe: bool = False) -> None:
        """Keep ``NAME+=value``; ``maybe`` where a condition decides whether it is made."""
        before = self.held.get(name)
        if maybe and isinstance(value, list):
            value = [Maybe(one) for one in value]
        if isinstance(before, str) and isinstance(value, str):
            self.assign(name, before + value, line)
        elif isinstance(before, list) and isinstance(value, list):
            self.assign(name, [*before, *value], line)
        else:
            self.assign(name, None, line)

    def parameters(self, values: list[str | None], line: int) -> None:
        """Keep what a call gives to ``$1``, ``$2``, ``$@``; None where the text does not say."""
        self._parameters, self._line = values, line
        self.shift(0)

    def shift(self, by: int) -> None:
        """Leave out the first parameters."""
        self._parameters = self._parameters[by:]
        for at in range(1, 10):
            if at <= len(self._parameters):
                self.assign(str(at), self._parameters[at - 1], self._line)
            else:
                self.held.pop(str(at), None)
        known = [one for one in self._parameters if one is not None]
        self.held["@"] = self.held["*"] = known if known and len(known) == len(self._parameters) else None

    def expanded(self, inside: str) -> tuple[Held | None, bool]:
        """What ``$inside`` or ``${inside}`` comes to, None where the text does not say; and whether it is a default.

        >>> Variables().expanded("MEM:-8g"), Variables().expanded("MEM")
        (('8g', True), (None, False))
        """
        value, defaulted = self._value(inside)
        if value is not None:
            self.filled_in += sum(map(len, value))
            if self.filled_in > _MOST_FILLED_IN:
                return None, False
        return value, defaulted

    def _value(self, inside: str) -> tuple[Held | None, bool]:
        if _NAME.fullmatch(inside) or inside in self.held:
            held = self.held.get(inside)
            return (held[0] if held else "") if isinstance(held, list) else held, False
        if whole := _ALL_OF.fullmatch(inside):
            return self.held.get(whole[1]), False
        if entry := _ENTRY.fullmatch(inside):
            return self._entry(entry), False
        if (default := _DEFAULT.fullmatch(inside)) and default[1] not in self.held:
            return self._default(default[3]), True
        if default:
            held = self.held[default[1]]
            return (held, False) if held else (self._default(default[3]), True) if held == "" else (None, False)
        return self._cut(inside), False

    def _default(self, text: str) -> str | None:
        """A default, which may be another name, with a default of its own."""
        if not any(sign in text for sign in "${}"):
            return text
        inner = _INNER.fullmatch(text)
        held = self._value(inner[1] or inner[2])[0] if inner else None
        return held if isinstance(held, str) else None

    def _entry(self, entry: re.Match[str]) -> str | None:
        """What an array holds under a number, or under a name as ``declare -A`` gives it."""
        held = self.held.get(entry[1])
        key = self.held.get(entry[2]) if entry[2] else entry[3]
        if not isinstance(held, list) or not isinstance(key, str):
            return None
        if key.isdigit() and int(key) < len(held) and not held[0].startswith("["):
            return held[int(key)]
        begun = f"[{key}]="
        return next((one.removeprefix(begun) for one in held if one.startswith(begun)), None)

    def _cut(self, inside: str) -> str | None:
        if not any(sign in inside for sign in "%#/"):
            return None
        from sparkmem.configuration.shell_arithmetic import cut  # here: few scripts cut a value

        return cut(inside, self.held.get)
