"""A ``spark-submit`` command, or that of a shell that takes the same options, read as spark-submit reads it.

What follows the application is the application's own, and what only a shell knows stays as text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from sparkmem.configuration import script, script_functions, shell
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.gathered import MODE
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.passed_over import NOT_MEMORY, OTHER_FILE, SECOND_COMMAND
from sparkmem.configuration.piece import Piece
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.shell_variables import Variables
from sparkmem.configuration.stream_edits import edited
from sparkmem.configuration.submit_options import (
    COMMANDS_LINE,
    ENVIRONMENT,
    JVM_VARIABLES,
    LANGUAGES,
    OPTIONS,
    OPTIONS_LINE,
    OTHER_OPTIONS,
    SWITCHES,
    near_option,
)
from sparkmem.configuration.submit_order import ENDINGS, Given, holds_options
from sparkmem.configuration.submit_words import INSIDE, CommandWords

FORMAT = "spark-submit"


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


_ONLY_ASKS = re.compile(r"[ \t]*(?:--version|--help|-h|--status|--kill)\b")  # and starts no job
_WITH_EQUALS = re.compile(r"(--[^=]+)=(.+)", re.DOTALL)
_MOST_INSIDE = 40
_SOURCED = re.compile(r"(?:^|;|&&)[ \t]{0,40}(source|\.)[ \t]{1,40}[\w./$~{\"'-]", re.MULTILINE)
_DASHES = ("-", "–", "—")
_OF_A_POD = "/opt/spark/conf/spark.properties"
"""The file that a driver's pod is started with (SPARK_CONF_PATH in Constants.scala of Spark's module for Kubernetes): the
client mode of the command inside it is the image's own, of an application in cluster mode."""


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
    reading.arguments(reading.words.after_name(words) or words)
    return reading.configuration()


def _language_of(main_class: str) -> str:
    """The language of an application by its class: those that Spark starts programs in Python and R with are Spark's own."""
    if main_class == "org.apache.spark.deploy.PythonRunner":
        return "python"
    return "r" if main_class.startswith("sparklyr.") or main_class == "org.apache.spark.deploy.RRunner" else "jvm"


class _Reading:
    def __init__(self, format: str = FORMAT) -> None:
        self.found = Found(format)
        self.words, self.given = CommandWords(self.found), Given(self.found)
        self.starts = False
        self.in_a_pod = 0
        """The line of a driver's file in its pod."""

    def configuration(self) -> Configuration:
        if self.in_a_pod:
            self.given.options.pop("--deploy-mode", None)
            self.found.deploy_mode("cluster", self.in_a_pod)
            self.found.know(cluster_manager="kubernetes")
            self.found.say("cluster-manager", "kubernetes", self.in_a_pod, _OF_A_POD)
            self.found.hole("spark.driver.memory", self.in_a_pod, f"{_OF_A_POD} has it")
        self.given.merge(self.words.environment)
        if self.words.command in LANGUAGES and self.found.circumstances.deploy_mode == "cluster":
            line = next((said.line for said in self.found.said if said.name == "deploy-mode"), 1)
            self.found.lose("shell-in-cluster-mode", line, MODE, "submit it in client mode", self.words.command)
        found = self.found.configuration()
        return replace(found, starts=True) if self.starts and self.words.command == "spark-submit" else found

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
        self.arguments(words)
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

    def arguments(self, words: list[Word]) -> None:
        at = 0
        while at < len(words):
            word, at = words[at], at + 1
            with_equals = _WITH_EQUALS.fullmatch(word.text)
            name, value = with_equals.groups() if with_equals else (word.text, None)
            if name in ("--conf", "-c") or name in OPTIONS or name in OTHER_OPTIONS:
                if value is not None:
                    self._option(name, replace(word, text=value))
                elif at < len(words):
                    self._option(name, words[at])
                    at += 1
                    self._cut_key(name, words[at - 1 : at + 1])
                else:
                    self.found.ignore(word.line, name, f"Missing argument for option '{name}'.")
                    if name in OPTIONS:
                        write = f"write {name} and its value"
                        self.found.lose("option-without-value", word.line, OPTIONS[name], write, name)
            elif name in SWITCHES:
                self.found.ignore(word.line, name, NOT_MEMORY)
            elif self.words.command in LANGUAGES:
                self._of_shell(word)
            elif holds_options(word, words[at:]):
                self.given.elsewhere = self.given.elsewhere or word
            elif not word.text.startswith(_DASHES):
                self._application(word, words[at:])
                return
            else:
                self._unknown(word, near_option(word.text))
                at += value is None and at + 1 < len(words) and not words[at].text.startswith("-")

    def _cut_key(self, name: str, words: list[Word]) -> None:
        """Name a key that a blank cuts in two, as ``--conf spark.executor. memory=8g``: the rest is the application."""
        if name in ("--conf", "-c") and len(words) == 2 and words[0].text.endswith("."):
            meant = words[0].text + words[1].text.split("=", 1)[0]
            if carried(meant):
                self.found.lose("key-has-space", words[0].line, meant, f"write --conf {meant}=VALUE")

    def _option(self, name: str, given: Word) -> None:
        if name in ("--conf", "-c"):
            key, has_value, value = given.text.partition("=")
            if has_value:
                self.given.pairs.append((key, value, given))
            else:
                self.found.ignore(given.line, f"--conf {safe_name(key)}", "Spark config without '='")
                if carried(meant := key.strip().split(" ", 1)[0].split(":", 1)[0]):
                    self.found.lose("conf-without-equals", given.line, meant, f"write --conf {meant}=VALUE")
        elif name == "--properties-file":
            reason = "not read: what it says counts where the command says nothing"
            self.found.ignore(given.line, name, reason)
            self.in_a_pod = given.line if given.text == _OF_A_POD else self.in_a_pod
        elif name in OPTIONS:
            if name in self.given.options:
                self.found.ignore(self.given.options[name].line, name, f"{name} on line {given.line} comes later")
            self.given.options[name] = given
        else:
            if name == "--remote":
                self.found.say("master", "connect", given.line, name)
            if name == "--class":
                self.found.know(language=_language_of(given.text))
            self.found.ignore(given.line, name, NOT_MEMORY)

    def _application(self, word: Word, arguments: list[Word]) -> None:
        self.starts = True
        if self.found.circumstances.language != "r":  # sparklyr's own jar runs a program in R
            ending = next((end for end in ENDINGS if word.text.lower().endswith(end)), "")
            self.found.know(language=ENDINGS.get(ending, ""))
        for argument, after in zip(arguments, [*arguments[1:], Word()], strict=False):
            name, _, value = argument.text.partition("=")
            if name in OPTIONS or name in ("--conf", "-c"):
                self.found.ignore(argument.line, name, LOST["key-after-application"][0])
                key = OPTIONS.get(name) or (value or after.text).split("=", 1)[0]
                if carried(key):
                    write = f"write {name} before the application"
                    self.found.lose("key-after-application", argument.line, key, write)
        if arguments:
            self.found.ignore(arguments[0].line, "…", "arguments of the application")

    def _of_shell(self, word: Word) -> None:
        """A word that a shell such as spark-sql may take as its own."""
        near = near_option(word.text)
        if near or word.text[:1] in _DASHES[1:]:
            self._unknown(word, near)

    def _unknown(self, word: Word, near: str) -> None:
        reason = "not an option of spark-submit" + (f": did you mean {near}?" if near else "")
        if word.text[:1] in _DASHES[1:]:
            reason = "begins with a dash that is not two hyphens"
        name = safe_name(word.text.split("=", 1)[0])
        self.found.ignore(word.line, name, reason)
        if carried(OPTIONS.get(near, "")):
            self.found.lose("option-misspelt", word.line, OPTIONS[near], f"write {near}", name)
