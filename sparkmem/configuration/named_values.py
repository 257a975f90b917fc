"""Names to which a text gives a value itself, filled in where it uses them: of make, just, CI, units, images, templates.

What a shell, a program or Terraform assigns and uses in its own way is left to the reader of that.  A name that has
several values has the one of the innermost block around its use, as GitHub, GitLab and their like have it; where that
leaves several, none is filled in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.chart_values import APART, chart_values
from sparkmem.configuration.given_names import Given, given_names
from sparkmem.configuration.given_patterns import NAME
from sparkmem.configuration.indented_blocks import IndentedBlocks
from sparkmem.configuration.setting import Ignored
from sparkmem.configuration.template_expressions import expression

_LONGEST = 100_000
_MOST_USES, _MOST_GIVEN = 400, 100
_OF = r"(?:params|env|parameters|var|hivevar|hiveconf)[.:]|(?:[a-z][\w-]{0,30}\.){1,3}"
_USE = re.compile(
    rf"\$?\{{\{{(?P<braces>[^{{}}\n]{{1,200}})\}}\}}"
    rf"|<<\s{{0,3}}(?:pipeline\.)?parameters\.(?P<circle>{NAME})\s{{0,3}}>>"
    rf"|\$\(\$?(?P<round>{NAME})\)|\$env:(?P<env>\w{{1,60}}\b)(?![ \t]{{0,9}}=(?!=))"
    rf"|\$\{{(?P<of>{_OF})?(?P<curly>{NAME})\}}|%(?P<dos>[A-Za-z_]\w{{1,60}})%|\$(?P<bare>[A-Za-z_]\w{{1,60}})"
    rf"|@\{{?pipeline\(\)\.parameters\.(?P<factory>\w{{1,60}})\}}?|<%=?\s{{0,3}}(?:@|node(?:\[[^\]\n]{{1,40}}\]){{0,3}}\[[\"'])(?P<erb>\w{{1,60}})(?:[\"']\])?\s{{0,3}}-?%>"
    rf"|!Ref\s{{1,3}}[\"']?(?P<ref>\w{{1,60}})\b[\"']?|\{{\s{{0,3}}\"Ref\"\s{{0,3}}:\s{{0,3}}\"(?P<json>\w{{1,60}})\"\s{{0,3}}\}}"
)
_PREFIX = re.compile(r"(?:(?:inputs|workflow|pipeline|job|task)\.)?(?:params|env|parameters|var|hivevar|hiveconf)[.:]")
_KINDS = ("factory", "erb", "circle", "round", "env", "curly", "dos", "bare", "ref", "json")
_SIGNS = ("{{", "$", "<< ", "<<p", "<%", "@", "!Ref", '"Ref"', "%")
_ELSEWHERE = ("var.", "vars.", "secrets.", "dag_run.", "ti.", "conn.", "macros.")
_OF_HELM = "Values"
_WHOLE_BLOCKS = re.compile(r"\b(?:toYaml|range|with|tpl|include)\b[^{}\n]{0,80}\.Values\b")
_IF_DEFINED = re.compile(
    r"\{%-?[ ]{0,3}if (\w{1,60}) is defined[ ]{0,3}-?%\}((?:(?!\{%).){0,4000})\{%-?[ ]{0,3}endif[ ]{0,3}-?%\}", re.DOTALL
)
_OF_CLOUDFORMATION = re.compile(r'\{\s{0,3}"Fn::Sub"\s{0,3}:\s{0,3}("[^"\n]{0,2000}")\s{0,3}\}')
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
    filled = names.without_values_of_helm(filled)
    filled = _IF_DEFINED.sub(lambda block: block[0] if names.given.get(block[1]) else "\n" * block[0].count("\n"), filled)
    filled = _OF_CLOUDFORMATION.sub(r"\1", filled)
    filled = _TEMPLATE.sub(r"\1\2\3", filled)  # a blank inside would part it in two words
    reason = "a parameter or a variable with a default: the default in the text is taken"
    return filled, tuple(Ignored(line, safe_name(name), reason) for name, line in names.defaults.items())


def _may_use(text: str) -> bool:
    return len(text) <= _LONGEST and any(sign in text for sign in _SIGNS) and bool(_USE.search(text) or "{%" in text)


class _Names:
    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.blocks = IndentedBlocks(self.lines)
        self.text, self.line, self.counted = text, 1, 0
        self.defaults: dict[str, int] = {}
        self.of_helm: set[int] = set()
        """The lines of a chart's values that its templates use."""
        used = {name for match in _USE.finditer(text) if (name := _of_use(match)[1])}
        self.of_chart = chart_values(text)
        self.given = given_names(text, used | {block[1] for block in _IF_DEFINED.finditer(text)})

    def filled(self, use: re.Match[str]) -> str:
        """What stands in the place of a name that is used: its value, or what stood there."""
        path, name, otherwise = _of_use(use)
        self.line += self.text.count("\n", self.counted, use.start())
        self.counted = use.start()
        line = self.line
        if path.startswith(f"{_OF_HELM}.") and (held := self.of_chart.get(f"{path}{name}".removeprefix(f"{_OF_HELM}."))):
            self.of_helm.add(held[1])
            return held[0]
        given = [one for one in self.given.get(name, []) if self._belongs(one, path, line)]
        told = [one for one in given if not one.by_default] or given
        if path.startswith("var.") and any(one.by_default for one in given):
            told = [one for one in given if one.by_default]  # of Terraform and bundles: who calls it may say otherwise
        if len({one.value for one in told}) > 1:
            told = self._innermost(told, line)
        values = {one.value for one in told}
        value = values.pop() if len(values) == 1 else None
        if value is None and not given and otherwise:
            self.defaults[name or use["braces"].strip()] = line
            return otherwise
        if value is None:
            return use[0]
        if told[0].by_default:
            self.defaults[name] = told[0].line
        if use["json"]:
            return f'"{value}"'
        if path.startswith(f"{_OF_HELM}."):
            self.of_helm.add(told[0].line)
        return value

    def without_values_of_helm(self, text: str) -> str:
        """The text without a chart's file of values, where its templates say for what each of them is used."""
        if not self.of_helm or _WHOLE_BLOCKS.search(self.text):
            return text
        lines = text.split("\n")
        apart = [0, *(at for at, line in enumerate(lines) if APART.match(line)), len(lines)]
        for first, end in pairwise(apart):
            values = any(first < line <= end for line in self.of_helm)
            if values and not any("{{" in line for line in self.lines[first:end]):
                lines[first:end] = [""] * (end - first)
        return "\n".join(lines)

    def _belongs(self, one: Given, path: str, line: int) -> bool:
        """Whether a value stands under the path that a use names: in blocks of these names, or as a name with dots."""
        if not path or _PREFIX.fullmatch(path):
            return True
        names = path.strip(".").split(".")
        if names[0] == _OF_HELM:  # whose file of values may stand anywhere
            return self.blocks.owners(one.line, one.indent, len(names)) == [*reversed(names[1:])]
        if one.line >= line:
            return False
        owners = self.blocks.owners(one.line, one.indent, len(names))
        return path + one.name in self.lines[one.line - 1] or owners[: len(names)] == [*reversed(names)]

    def _innermost(self, given: list[Given], line: int) -> list[Given]:
        """Those of the innermost block that has the line in it."""
        if len(given) > _MOST_GIVEN:
            return given
        around = [(depth, one) for one in given if (depth := self.blocks.depth(one.line, one.indent, line)) >= 0]
        deepest = max((depth for depth, _ in around), default=-1)
        return [one for depth, one in around if depth == deepest]

def _of_use(use: re.Match[str]) -> tuple[str, str, str]:
    """The path and the name that are used, and a default; no name where it belongs to something that no text holds."""
    if use["braces"] is None:
        return use["of"] or "", next(filter(None, (use[kind] for kind in _KINDS)), ""), ""
    used = expression(use["braces"])
    if used is None:
        return "", "", ""
    elsewhere = used.path.lstrip(".").startswith(_ELSEWHERE)
    return used.path.lstrip("."), "" if elsewhere else used.name, used.otherwise
