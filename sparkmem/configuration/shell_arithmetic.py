"""What a shell computes: ``$((…))`` over variables that the script gives, in whole numbers, and ends cut off a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate

from sparkmem.configuration.expressions import Expression
from sparkmem.configuration.program import Program
from sparkmem.configuration.values import Budget

_NAMED = re.compile(r"\$?\{?\b([A-Za-z_]\w{0,60})\}?|\$\{?([0-9])\}?")
_OPERATORS = re.compile(r"[-+*/%()<>=!?:&|\d\s\w]{1,200}", re.ASCII)
_CUT = re.compile(r"([A-Za-z_]\w*|[0-9])(%%?|##?)([^{}$`\n]{1,40})")
_PUT = re.compile(r"([A-Za-z_]\w*|[0-9])//?([^{}$`/\n]{1,40})/([^{}$`/\n]{0,40})")
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")


def computed(inside: str, held: Callable[[str], object]) -> str | None:
    """What stands between ``$((`` and ``))`` comes to; None where a name has no whole number, or only a run would tell.

    >>> computed("MEM * 1024 / 10", {"MEM": "30"}.get), computed("$A + 1", {}.get)
    ('3072', None)
    """
    if not _OPERATORS.fullmatch(inside.replace("$", "").replace("{", "").replace("}", "")):
        return None
    bound: dict[str, int] = {}

    def named(name: re.Match[str]) -> str:
        value = held(name[1] or name[2])
        if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            bound[f"v{len(bound)}"] = int(value)
            return f"v{len(bound) - 1}"
        return "unknown"

    program = Program(_NAMED.sub(named, inside))
    program.language = "scala"  # whose division of whole numbers is the shell's
    found = Expression(program, 0, len(program.tokens), bound, Budget()).whole()
    return str(int(found)) if isinstance(found, int) else None


def cut(inside: str, held: Callable[[str], object]) -> str | None:
    """What ``${NAME%end}``, ``${NAME#start}`` or ``${NAME/this/that}`` comes to; None for anything else.

    >>> cut("MEM%g", {"MEM": "8g"}.get), cut("MEM/g/m", {"MEM": "8g"}.get)
    ('8', '8m')
    """
    if (put := _PUT.fullmatch(inside)) and isinstance(value := held(put[1]), str):
        return value.replace(put[2], put[3]) if inside[len(put[1]) :].startswith("//") else value.replace(put[2], put[3], 1)
    found = _CUT.fullmatch(inside)
    value = held(found[1]) if found else None
    if found is None or not isinstance(value, str) or len(value) > _LONGEST:
        return None
    pattern, most = re.compile(translate(found[3])), len(found[2]) == 2
    places = range(len(value) + 1)
    if found[2][0] == "%":
        ends = [at for at in places if pattern.match(value[at:])]
        return value[: (min(ends) if most else max(ends))] if ends else value
    starts = [at for at in places if pattern.match(value[:at])]
    return value[(max(starts) if most else min(starts)) :] if starts else value


_LONGEST = 200
