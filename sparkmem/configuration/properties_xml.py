"""XML with names and values: hive-site.xml and other files of Hadoop, Oozie's workflows, Maven's arguments."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import CLUSTER_KEYS
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.configuration.piece import numbered, whole_lines
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import COMMANDS_LINE

FORMAT = "properties-xml"

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<([A-Za-z][\w.:-]{0,60})([^<>]{0,2000})>([^<]{0,20000})")
_ATTRIBUTE = re.compile(r"\b(name|key|value)\s{0,5}=\s{0,5}[\"']([^\"'<]{0,500})[\"']")
_OPTIONS = ("spark-opts", "arg", "argument", "jvmArgs")
_ENTITY = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def looks_like(text: str) -> bool:
    """Whether a name or an element of such files is there."""
    return bool(re.search(r"<(?:name|property|prop|entry|spark-opts|arg|argument|jvmArgs)\b[^<>]{0,300}>", text))


def read(text: str) -> Configuration:
    """The settings of all pairs; nothing outside of the text is looked up, and no entity but XML's own five."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    found, inner = Found(FORMAT), []
    name = ""
    options: list[tuple[int, str]] = []
    arguments: list[tuple[int, str]] = []
    in_action = False  # of Oozie, whose arguments are the application's
    for line, match in numbered(_TAG.finditer(text)):
        tag, body = match[1].rsplit(":", 1)[-1], _plain(match[3]).strip()
        given = {key: _plain(value) for key, value in _ATTRIBUTE.findall(match[2])}
        if tag == "name":
            name = body
        elif tag == "value" and name:
            _take(name, body, line, found)
            name = ""
        elif tag in _OPTIONS and body:
            if not in_action or tag == "spark-opts":
                options.append((line, body))
            else:
                arguments.append((line, body))
        elif tag == "spark":
            in_action, arguments = True, []
        elif tag == "master" and in_action and "$" not in body:
            found.master(body, line)
        elif tag == "jar" and in_action:
            arguments.append((line, body))
        elif given.get("name" if "name" in given else "key"):
            _take(given.get("name") or given["key"], given.get("value", body), line, found)
        elif tag.startswith("spark.") and body:
            _take(tag, body, line, found)
    if options:
        given_by_oozie = _options(options, arguments if in_action else [])
        inner += [_of_the_workflow(part) for part in given_by_oozie] if in_action else given_by_oozie
    elif COMMANDS_LINE.search(text):
        inner += _beside(text)
    if not (found.settings or found.ignored or found.cluster or found.losses or inner):
        raise ConfigurationError("XML without a setting of Spark's")
    return combined([*inner, found.configuration()])


def _beside(text: str) -> list[Configuration]:
    """What a command comes to that stands beside the elements, outside of all of them."""
    from sparkmem.configuration.by_evidence import read_piece  # here: it knows all forms, this one too

    rest = "\n".join("" if "<" in line else line for line in text.split("\n"))
    try:
        return [read_piece(whole_lines(rest, 1))] if COMMANDS_LINE.search(rest) else []
    except ConfigurationError:
        return []


def _plain(text: str) -> str:
    return re.sub(r"&(?:lt|gt|quot|apos|amp);", lambda match: _ENTITY[match[0]], text) if "&" in text else text


def _take(name: str, value: str, line: int, found: Found) -> None:
    if name in CLUSTER_KEYS:
        found.cluster_setting(name, value, line)
    elif name.startswith("spark."):
        found.setting(name, value, line)


def _of_the_workflow(part: Configuration) -> Configuration:
    """The same with each value that holds a variable as one that the text does not say: no shell takes part.

    Oozie fills in ``${name}``, from the job's properties or a default in ``<parameters>`` (apache/oozie,
    docs/src/site/markdown/WorkflowFunctionalSpec.md, 4.1 and 4.2).
    """
    told, see = LOST[NOT_IN_TEXT]
    open_ones = [one for one in part.settings if one.variables]
    keys = {one.key for one in open_ones}
    lost = tuple(
        Lost(NOT_IN_TEXT, one.line, one.key, told.format(given=_PARAMETER.format(name=one.variables[0])), "", see)
        for one in open_ones
    )
    remarks = tuple(one for one in part.remarks if one.text not in keys)
    return replace(part.without(*keys), lost=(*part.lost, *lost), remarks=remarks)


_PARAMETER = "${{{name}}} is a parameter of the workflow, which job.properties or the workflow's own defaults give"


def _options(options: list[tuple[int, str]], application: list[tuple[int, str]]) -> list[Configuration]:
    """The options of a command: each in an element of its own, or all in one; what the application gets comes after."""
    from sparkmem.configuration.shell import commands  # here: most such files hold no options
    from sparkmem.configuration.shell_command import Word
    from sparkmem.configuration.spark_submit import read_words

    words: list[Word] = []
    for line, body in options[:2000]:
        for command in commands(body.replace("\n", " "), line):
            words += command.words
    first = next((at for at, word in enumerate(words) if word.text.startswith("--") or word.variables), len(words))
    if application and not any(word.variables for word in words[first:] if not word.text.startswith("-")):
        words += [Word(body, line) for line, body in application[:2000]]
    return [read_words(words[first:])] if first < len(words) else []
