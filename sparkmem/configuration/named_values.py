"""Names to which a text gives a value itself, filled in where it uses them: of make, just, CI, units, images, templates.

What a shell, a program or Terraform assigns and uses in its own way is left to the reader of that.  A name that has
several values has the one of the innermost block around its use, as GitHub, GitLab and their like have it; where that
leaves several, none is filled in.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sparkmem.configuration.carried import safe_name, shaped
from sparkmem.configuration.configuration import Ignored
from sparkmem.configuration.given_names import NAME, VALUE, Given, given_names

_LONGEST = 100_000
_MOST_USES = 400
_OF = r"(?:params|env|parameters|var|hivevar|hiveconf)[.:]|(?:[a-z][\w-]{0,30}\.){1,3}"
_USE = re.compile(
    rf"\$?\{{\{{-?\s{{0,3}}(?P<path>(?:\.?\w{{1,40}}\.){{0,4}})\.?(?P<double>{NAME})\s{{0,3}}"
    rf"(?:\|\s{{0,3}}default\((?P<otherwise>{VALUE})\)\s{{0,3}})?-?\}}\}}"
    rf"|<<\s{{0,3}}(?:pipeline\.)?parameters\.(?P<circle>{NAME})\s{{0,3}}>>"
    rf"|\$\(\$?(?P<round>{NAME})\)|\$env:(?P<env>\w{{1,60}})|\$\{{(?P<of>{_OF})?(?P<curly>{NAME})\}}|%(?P<dos>[A-Za-z_]\w{{1,60}})%|\$(?P<bare>[A-Za-z_]\w{{1,60}})"
    rf"|!Ref\s{{1,3}}[\"']?(?P<ref>\w{{1,60}})\b[\"']?|\{{\s{{0,3}}\"Ref\"\s{{0,3}}:\s{{0,3}}\"(?P<json>\w{{1,60}})\"\s{{0,3}}\}}"
)
_PREFIX = re.compile(r"(?:params|env|parameters|var|hivevar|hiveconf)[.:]")
_KINDS = ("double", "circle", "round", "env", "curly", "dos", "bare", "ref", "json")
_SIGNS = ("{{", "$", "<< ", "<<p", "!Ref", '"Ref"', "%")
_ELSEWHERE = ("var.", "vars.", "secrets.", "dag_run.", "ti.", "conn.", "macros.")
_IF_DEFINED = re.compile(
    r"\{%-?[ ]{0,3}if (\w{1,60}) is defined[ ]{0,3}-?%\}((?:(?!\{%).){0,4000})\{%-?[ ]{0,3}endif[ ]{0,3}-?%\}", re.DOTALL
)
_TEMPLATE = re.compile(r"(\{\{|<<)-?[ \t]{1,3}((?:\w{1,40}\.)[\w.-]{1,100})[ \t]{1,3}-?(\}\}|>>)")


def peel(text: str) -> str:
    """The text with the values that it gives to names in the place of these names, line for line.

    >>> peel("MEM ?= 8g\\nrun:\\n\\tspark-submit --executor-memory $(MEM) a.py").split("\\n")[2]
    '\\tspark-submit --executor-memory 8g a.py'
    """
    return _filled(text)[0] if _may_use(text) else text


def told(text: str) -> tuple[Ignored, ...]:
    """The names of which the text holds only a default, which was taken."""
    return _filled(text)[1] if _may_use(text) else ()


@lru_cache(maxsize=2)  # most texts come with nothing to peel off, and are asked for both
def _filled(text: str) -> tuple[str, tuple[Ignored, ...]]:
    names = _Names(text)
    filled = _USE.sub(names.filled, text, _MOST_USES)
    filled = _IF_DEFINED.sub(lambda block: block[0] if names.given.get(block[1]) else "\n" * block[0].count("\n"), filled)
    filled = _TEMPLATE.sub(r"\1\2\3", filled)  # a blank inside would part it in two words
    reason = "a parameter or a variable with a default: the default in the text is taken"
    return filled, tuple(Ignored(line, safe_name(name), reason) for name, line in names.defaults.items())


def _may_use(text: str) -> bool:
    return len(text) <= _LONGEST and any(sign in text for sign in _SIGNS) and bool(_USE.search(text) or "{%" in text)


class _Names:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.text, self.line, self.counted = text, 1, 0
        self.defaults: dict[str, int] = {}
        used = {name for match in _USE.finditer(text) if (name := _name(match))}
        self.given = given_names(text, used | {block[1] for block in _IF_DEFINED.finditer(text)})

    def filled(self, use: re.Match[str]) -> str:
        """What stands in the place of a name that is used: its value, or what stood there."""
        name = _name(use)
        self.line += self.text.count("\n", self.counted, use.start())
        self.counted = use.start()
        line = self.line
        given = [one for one in self.given.get(name, []) if self._belongs(one, use["of"] or "", line)]
        told = [one for one in given if not one.by_default] or given
        if (use["of"] or "").startswith("var.") and any(one.by_default for one in given):
            told = [one for one in given if one.by_default]  # of Terraform and bundles: who calls it may say otherwise
        if len({one.value for one in told}) > 1:
            told = self._innermost(told, line)
        values = {one.value for one in told}
        value = values.pop() if len(values) == 1 else None
        if value is None and not given and use["otherwise"] and shaped(use["otherwise"].strip("\"'")):
            self.defaults[name] = line
            return str(use["otherwise"].strip("\"'"))
        if value is None:
            return use[0]
        if told[0].by_default:
            self.defaults[name] = told[0].line
        return value

    def _belongs(self, one: Given, path: str, line: int) -> bool:
        """Whether a value stands under the path that a use below names: in a block of that name, or as a name with dots."""
        if not path or _PREFIX.fullmatch(path):
            return True
        if one.line >= line:
            return False
        above = next((n for n in range(one.line - 1, 0, -1) if self._indent(n) < one.indent), 0)
        block = self.lines[above - 1].strip() if above else ""
        return path + one.name in self.lines[one.line - 1] or block.split(" ", 1)[0].rstrip(":{") == path.rstrip(".")

    def _innermost(self, given: list[Given], line: int) -> list[Given]:
        """Those of the innermost block that has the line in it."""
        around = [(depth, one) for one in given if (depth := self._depth(one, line)) >= 0]
        deepest = max((depth for depth, _ in around), default=-1)
        return [one for depth, one in around if depth == deepest]

    def _depth(self, one: Given, line: int) -> int:
        """The indentation of the block in which a name has its value, -1 where the line is not in it."""
        above = next((n for n in range(one.line - 1, 0, -1) if self._indent(n) < one.indent), 0)
        if not above:
            return 0
        depth = self._indent(above)
        first, last = sorted((one.line, line))
        if all(self._indent(n) >= depth for n in range(first, last)) and self._indent(last) >= depth:
            return depth
        return depth if depth and self._extends(one.line, line) else -1

    def _indent(self, number: int) -> int:
        line = self.lines[number - 1]
        text = line.lstrip()
        return len(line) - len(text) if text and text[0] != "#" else 10_000

    def _extends(self, given: int, used: int) -> bool:
        """Whether the job in which a value is given is made of the one in which it is used."""
        top = next((n for n in range(used, 0, -1) if self._indent(n) == 0), 0)
        key = self.lines[top - 1].split(":", 1)[0] if top else ""
        begun = next((n for n in range(given, 0, -1) if self._indent(n) == 0), 1)
        ended = next((n for n in range(given, len(self.lines) + 1) if self._indent(n) == 0), len(self.lines) + 1)
        block = self.lines[begun - 1 : ended - 1]
        return bool(key) and any(re.match(r"\s+extends:", one) and key in one for one in block)


def _name(use: re.Match[str]) -> str:
    """The name that is used; empty where it belongs to something that no text holds."""
    if use["path"] and use["path"].lstrip(".").startswith(_ELSEWHERE):
        return ""
    return next(filter(None, (use[kind] for kind in _KINDS)), "")
