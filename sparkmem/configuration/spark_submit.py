"""A ``spark-submit`` command, or that of a shell that takes the same options, read as spark-submit reads it.

What follows the application is the application's own, and what only a shell knows stays as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration import shell
from sparkmem.configuration.carried import safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import NOT_MEMORY, Found
from sparkmem.configuration.shell import Word
from sparkmem.configuration.submit_options import (
    COMMANDS_LINE,
    ENVIRONMENT,
    LANGUAGES,
    OPTIONS,
    OPTIONS_LINE,
    OTHER_OPTIONS,
    SWITCHES,
    command_name,
    near_option,
    option_counts,
)

FORMAT = "spark-submit"

_WITH_EQUALS = re.compile(r"(--[^=]+)=(.+)", re.DOTALL)
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
_EXPORT = re.compile(r"[ \t]*export[ \t]+([A-Z_]+)=([\"']?)([A-Za-z0-9_.:\[\]*,/-]+)\2\s*")
_ENDINGS = {".py": "python", ".r": "r", ".jar": "jvm", "pyspark-shell": "python", "sparkr-shell": "r"}
_DASHES = ("-", "–", "—")


def read(text: str) -> Configuration:
    """The settings of the first such command in the text."""
    return _Reading().read(text)


class _Reading:
    def __init__(self) -> None:
        self.found = Found(FORMAT)
        self.command = ""
        self.environment: dict[str, Word] = {}
        self.pairs: list[tuple[str, str, Word]] = []
        self.options: dict[str, Word] = {}

    def read(self, text: str) -> Configuration:
        start = COMMANDS_LINE.search(text) or OPTIONS_LINE.search(text)
        if not start:
            raise ConfigurationError("no spark-submit command, and none of its options")
        before, rest = text[: start.start()], text[start.start() :]
        self._exports(before)
        words = self._words(shell.commands(rest, before.count("\n") + 1))
        self._arguments(words)
        self._merge()
        return self.found.configuration()

    def _exports(self, text: str) -> None:
        for number, line in enumerate(text.split("\n"), 1):
            assigned = _EXPORT.fullmatch(line)
            if assigned:
                self.environment[assigned[1]] = Word(assigned[3], number)

    def _words(self, commands: Iterator[shell.Command]) -> list[Word]:
        """The words after the command's name, and those of later lines that begin with an option."""
        words: list[Word] = []
        for command in commands:
            if self.command or words:
                if not command.words[0].text.startswith("-") or command.words[0].text == "-":
                    break
                reason = "the line above ends the command for a shell: it needs a backslash at its very end"
                if self.command:
                    self.found.remark(command.words[0].line, safe_name(command.words[0].text.split("=", 1)[0]), reason)
                words += command.words
            else:
                words = self._after_name(command.words)
            for line in command.loose_lines:
                self.found.remark(line, "\\", "blanks after the backslash: a shell ends the command here")
        return words

    def _after_name(self, words: list[Word]) -> list[Word]:
        for at, word in enumerate(words):
            self.command = command_name(word.text)
            if self.command:
                self.found.know(language=LANGUAGES.get(self.command, ""))
                return words[at + 1 :]
            assigned = _ASSIGNMENT.fullmatch(word.text)
            if assigned:
                self.environment[assigned[1]] = Word(assigned[2], word.line, word.variables, word.runs_command)
            elif word.text.startswith("-"):
                return words[at:]
        return []

    def _arguments(self, words: list[Word]) -> None:
        at = 0
        while at < len(words):
            word, at = words[at], at + 1
            with_equals = _WITH_EQUALS.fullmatch(word.text)
            name, value = with_equals.groups() if with_equals else (word.text, None)
            if name in ("--conf", "-c") or name in OPTIONS or name in OTHER_OPTIONS:
                if value is not None:
                    self._option(name, Word(value, word.line, word.variables, word.runs_command))
                elif at < len(words):
                    self._option(name, words[at])
                    at += 1
                else:
                    self.found.ignore(word.line, name, f"Missing argument for option '{name}'.")
            elif name in SWITCHES:
                self.found.ignore(word.line, name, NOT_MEMORY)
            elif self.command in LANGUAGES:
                self._of_shell(word)
            elif not word.text.startswith(_DASHES):
                self._application(word, words[at:])
                return
            else:
                self._unknown(word, near_option(word.text))
                at += value is None and at + 1 < len(words) and not words[at].text.startswith("-")

    def _option(self, name: str, given: Word) -> None:
        if name in ("--conf", "-c"):
            key, has_value, value = given.text.partition("=")
            if has_value:
                self.pairs.append((key, value, given))
            else:
                self.found.ignore(given.line, f"--conf {safe_name(key)}", "Spark config without '='")
        elif name == "--properties-file":
            reason = "not read: what it says counts where the command says nothing"
            self.found.ignore(given.line, name, reason)
        elif name in OPTIONS:
            if name in self.options:
                self.found.ignore(self.options[name].line, name, f"{name} on line {given.line} comes later")
            self.options[name] = given
        else:
            self._class_of(name)
            self.found.ignore(given.line, name, NOT_MEMORY)

    def _class_of(self, option: str) -> None:
        if option == "--class":
            self.found.know(language="jvm")

    def _application(self, word: Word, arguments: list[Word]) -> None:
        self.found.know(language=next((name for end, name in _ENDINGS.items() if word.text.lower().endswith(end)), ""))
        for argument in arguments:
            name = argument.text.split("=", 1)[0]
            if name in OPTIONS or name in ("--conf", "-c"):
                self.found.ignore(argument.line, name, "after the application, so it is the application's, not Spark's")
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
        self.found.ignore(word.line, safe_name(word.text.split("=", 1)[0]), reason)

    def _merge(self) -> None:
        """Take everything in the order in which it wins: the environment, --conf, options."""
        pairs = {key for key, _, _ in self.pairs}
        given = {option: (option, word, option) for option, word in self.options.items()}
        for name, word in self.environment.items():
            option = ENVIRONMENT.get(name, "")
            if option in self.options or OPTIONS.get(option) in pairs:
                self.found.ignore(word.line, name, "an option or --conf wins over the environment")
            elif option:
                given[option] = (option, word, name)
        for key, value, word in self.pairs:
            self._set(key, value, word, f"--conf {key}")
        for option, word, name in sorted(given.values(), key=lambda item: item[0] not in ("--master", "--deploy-mode")):
            known = self.found.circumstances
            if option_counts(option, known.cluster_manager, known.deploy_mode):
                self.found.drop(OPTIONS[option], f"{name} wins")
                self._set(OPTIONS[option], word.text, word, name)
            else:
                where = "in client mode" if option == "--driver-cores" else f"where the master is {known.cluster_manager}"
                self.found.ignore(word.line, name, f"spark-submit does not hand it on {where}")

    def _set(self, key: str, value: str, word: Word, written_as: str) -> None:
        if word.runs_command:
            self.found.ignore(word.line, safe_name(key), "the output of a command, which only the shell knows")
        else:
            self.found.setting(key, value, word.line, written_as, tuple(word.variables))
