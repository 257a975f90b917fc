"""What stands between the braces of a template: a name with its path, and the value where nothing else is given.

Helm (``.Values.a.b | default "8g" | quote``, ``default "8g" .Values.a``), Jinja as Airflow, Ansible and dbt have it
(``name | default('8g', true)``, ``env_var('NAME', '8g')``, ``var.value.get('name', '8g')``), Argo and GitHub
(``inputs.memory || '8g'``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.configuration.carried import shaped

_NAME = r"[A-Za-z_][\w-]{0,60}"
_QUOTED = r"\"[^\"\n]{0,60}\"|'[^'\n]{0,60}'"
_VALUE = rf"(?:{_QUOTED}|[0-9][\w.]{{0,30}}|[tT]rue|[fF]alse)"
_PATH = re.compile(rf"\$?(?P<path>(?:\.?\w{{1,40}}\.){{0,6}})\.?(?P<name>{_NAME})")
_STEPS = re.compile(rf"(?P<path>(?:\w{{1,40}}\.){{0,4}}\w{{1,40}})\[[\"'](?P<name>{_NAME})[\"']\]")
_CALL = re.compile(
    rf"(?P<path>(?:\w{{1,40}}\.){{0,4}})(?:get|env_var|env|getenv|variable)\(\s{{0,3}}[\"'](?P<name>[\w.-]{{1,60}})[\"']"
    rf"\s{{0,3}},\s{{0,3}}(?:default(?:_var)?\s{{0,3}}=\s{{0,3}})?(?P<otherwise>{_VALUE})\s{{0,3}}\)"
)
_OF_HELM = re.compile(rf"default\s{{1,3}}(?P<otherwise>{_VALUE})\s{{1,3}}(?P<rest>\S.*)")
_AS_IT_IS = re.compile(
    r"(?:quote|squote|toString|toYaml|string|int|int64|float64|trim|toJson|tojson|upper|lower|safe)(?:\(\))?"
)
_BEFORE = re.compile(
    r"(?:quote|squote|toString|int|int64|trim|printf\s{1,3}\"%[sdv]\"|required\s{1,3}\"[^\"\n]{0,120}\")\s{1,3}(?=\S)"
)
_DEFAULT = re.compile(
    rf"(?:default|d)(?:\s{{1,3}}(?P<helm>{_VALUE})"
    rf"|\(\s{{0,3}}(?P<jinja>{_VALUE})\s{{0,3}}(?:,\s{{0,3}}[\w= ]{{1,30}})?\))"
)
_OR = re.compile(rf"(?P<first>[^'\"]{{1,120}}?)\s{{1,3}}or\s{{1,3}}(?P<otherwise>{_VALUE})")
_PIPE = re.compile(r"\s{0,3}\|\s{0,3}")
_MOST_FILTERS = 6


@dataclass(frozen=True)
class Expression:
    """A name, the path before it with a dot behind each part, and the value where nothing else is given, or ''."""

    path: str
    name: str
    otherwise: str = ""


def expression(text: str) -> Expression | None:
    """What an expression of a template uses; None where it is anything else.

    >>> expression('.Values.spark.memory | default "8g" | quote')
    Expression(path='.Values.spark.', name='memory', otherwise='8g')
    >>> expression("env_var('MEM', '4g')"), expression("a + b")
    (Expression(path='', name='MEM', otherwise='4g'), None)
    """
    first, *filters = _PIPE.split(text.replace("||", " or ").strip().strip("-").strip(), _MOST_FILTERS)
    otherwise = ""
    for one in filters:
        if default := _DEFAULT.fullmatch(one):
            otherwise = otherwise or default["helm"] or default["jinja"]
        elif not _AS_IT_IS.fullmatch(one):
            return None
    while before := _BEFORE.match(first):
        first = first[before.end() :]
    if of_helm := _OF_HELM.fullmatch(first):
        first, otherwise = of_helm["rest"].strip("() "), otherwise or of_helm["otherwise"]
    elif either := _OR.fullmatch(first):
        first, otherwise = either["first"].strip(), otherwise or either["otherwise"]
    if call := _CALL.fullmatch(first):
        return _of(call["path"], call["name"], otherwise or call["otherwise"])
    if steps := _STEPS.fullmatch(first):
        return _of(steps["path"] + ".", steps["name"], otherwise)
    used = _PATH.fullmatch(first)
    return _of(used["path"], used["name"], otherwise) if used else None


def _of(path: str, name: str, otherwise: str) -> Expression:
    otherwise = otherwise.strip("\"'")
    return Expression(path, name, otherwise if shaped(otherwise) else "")
