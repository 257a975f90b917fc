"""A ``spark-submit`` command, or that of a shell that takes the same options, read as spark-submit reads it.

What follows the application is the application's own, and what only a shell knows stays as text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from sparkmem.configuration import cut_off, script, script_functions, shell
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.gathered import MODE
from sparkmem.configuration.passed_over import OTHER_FILE, SECOND_COMMAND
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.shell_variables import Variables
from sparkmem.configuration.stream_edits import edited
from sparkmem.configuration.submit_arguments import OF_A_POD, Arguments
from sparkmem.configuration.submit_options import COMMANDS_LINE, ENVIRONMENT, JVM_VARIABLES, LANGUAGES, OPTIONS_LINE
from sparkmem.configuration.submit_words import INSIDE, CommandWords, is_only_options

FORMAT = "spark-submit"

_ONLY_ASKS = re.compile(r"[ \t]*(?:--version|--help|-h|--status|--kill)\b")  # and starts no job
_MOST_INSIDE = 40
_SOURCED = re.compile(r"(?:^|;|&&)[ \t]{0,40}(source|\.)[ \t]{1,40}[\w./$~{\"'-]", re.MULTILINE)


def looks_like(text: str) -> bool:
    """Whether there is such a command, a run of its options, or a text that holds one."""
    return bool(_start(text))


def _start(text: str) -> re.Match[str] | None:
    commands = islice(COMMANDS_LINE.finditer(text), _MOST_INSIDE)
    first = next((command for command in commands if not _ONLY_ASKS.match(text, command.end())), None)
    return first or COMMANDS_LINE.search(text) or OPTIONS_LINE.search(text) or INSIDE.search(text)


def write(configuration: Configuration) -> str:
    """The configuration as a command."""
    from sparkmem.configuration.submit_command import write as written  # here: reading needs no writing

    return written(configuration)


def read(text: str) -> Configuration:
    """The settings of the first such command in the text, and of the files and texts that its script writes."""
    text, bodies = script.without_heredocs(text)
    reading = _Reading()
    found: list[Configuration] = []
    if start := _start(text):
        found.append(reading.read(text, start))
    inner = [*reading.words.inner, *bodies, *filter(None, [script.echoed(text)]), *_edited(text)]
    if inner:
        from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

        found += read_pieces(inner)
    if not found:
        raise ConfigurationError("no spark-submit command, and none of its options")
    return combined(found)


def _edited(text: str) -> list[Piece]:
    """What the script writes into files by sed and its kin."""
    if not any(name in text for name in ("sed ", "awk ", "perl ")):
        return []
    return edited(text, script.assignments(text)[0])


def read_words(words: list[Word], format: str = FORMAT) -> Configuration:
    """The settings of options that stand as a list; a command's name before them is stepped over."""
    reading = _Reading(format)
    behind = reading.words.after_name(words) or words
    reading.arguments.take(reading.words.command, behind)
    return reading.configuration()


class _Reading:
    def __init__(self, format: str = FORMAT) -> None:
        self.found = Found(format)
        self.words, self.arguments = CommandWords(self.found), Arguments(self.found)

    def configuration(self) -> Configuration:
        if in_a_pod := self.arguments.in_a_pod:
            self.arguments.given.options.pop("--deploy-mode", None)
            self.found.deploy_mode("cluster", in_a_pod)
            self.found.know(cluster_manager="kubernetes")
            self.found.say("cluster-manager", "kubernetes", in_a_pod, OF_A_POD)
            self.found.hole("spark.driver.memory", in_a_pod, f"{OF_A_POD} has it")
        self.arguments.given.merge(self.words.environment)
        if self.words.command in LANGUAGES and self.found.circumstances.deploy_mode == "cluster":
            line = next((said.line for said in self.found.said if said.name == "deploy-mode"), 1)
            self.found.lose("shell-in-cluster-mode", line, MODE, "submit it in client mode", self.words.command)
        found = self.found.configuration()
        return replace(found, starts=True) if self.arguments.starts and self.words.command == "spark-submit" else found

    def read(self, text: str, start: re.Match[str]) -> Configuration:
        begin = min(text.rfind("\n", 0, start.end()) + 1, start.start())
        before, rest = text[:begin], text[begin:]
        for sourced in list(_SOURCED.finditer(text, 0, start.end() if start else 0))[:_MOST_INSIDE]:
            self.found.ignore(text.count("\n", 0, sourced.start(1)) + 1, sourced[1], OTHER_FILE)
        variables = Variables()
        if ".sh" in text:
            script_functions.of_the_script(text, variables)
        calls = script_functions.given(text, start.end(), variables) if "{" in before or "{" in rest[:200] else []
        for line in calls[1:]:
            self.found.ignore(line, "spark-submit", SECOND_COMMAND)
        on_its_line = rest[: max(0, start.end() - begin)]
        apart = max(on_its_line.rfind(";"), on_its_line.rfind("&&"))
        variables, assigned = script.assignments(before if apart < 0 else text[: begin + apart], variables)
        self.words.environment = {name: word for name, word in assigned.items() if name in (*ENVIRONMENT, *JVM_VARIABLES)}
        first = before.count("\n") + 1
        words, end = self.words.of(shell.commands(rest, first, variables))
        self.arguments.take(self.words.command, words)
        if any(one.id == cut_off.CUT_OFF for one in self.found.losses):
            cut = min(one.line for one in self.found.losses if one.id == cut_off.CUT_OFF)
            alone = self.words.command == "spark-submit" and is_only_options([word for word in words if word.line < cut])
            self.found.losses[:] = cut_off.told(self.found.losses, rest, first, alone)
        self._further(rest, end, first)
        return self.configuration()

    def _further(self, rest: str, end: int, first: int) -> None:
        """Name the commands after the one that is read."""
        line, counted = first + rest.count("\n", 0, end), end
        beside = rest[end : rest.find("\n", end) % (len(rest) + 1)]  # after the first command's own operator, on its line
        if beside[:1] in ("&", "|", ";") and COMMANDS_LINE.search(beside) and not self.words.inner:
            self.found.ignore(line, "spark-submit", SECOND_COMMAND)
        for further in list(COMMANDS_LINE.finditer(rest, end))[:_MOST_INSIDE]:
            line += rest.count("\n", counted, further.end() - 1)
            counted = further.end() - 1
            self.found.ignore(line, "spark-submit", SECOND_COMMAND)
