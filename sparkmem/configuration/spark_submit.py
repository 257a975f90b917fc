"""A ``spark-submit`` command, or that of a shell that takes the same options, read as spark-submit reads it.

What follows the application is the application's own, and what only a shell knows stays as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from sparkmem.configuration import script, shell
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import MODE, NOT_MEMORY, OTHER_FILE, SECOND_COMMAND, Found
from sparkmem.configuration.lost import LOST, MAY_STAND
from sparkmem.configuration.piece import Piece, whole_lines
from sparkmem.configuration.shell import Word
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
    command_name,
    near_option,
    option_counts,
)

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
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)
INSIDE = re.compile(
    r"(?:spark[23]?-(?:submit|shell|sql)|pyspark|sparkR)(?:\.cmd)?\s+(?:\\\s{0,20})?-"
    r"|[\s\"'=]--(?:executor-memory|driver-memory|conf)[\"']?[\s=]"
)
_MOST_INSIDE = 40
_ONLY_A_RUN = "only a run would tell"
_ENDINGS = {".py": "python", ".r": "r", ".jar": "jvm", "pyspark-shell": "python", "sparkr-shell": "r"}
_SOURCED = re.compile(r"(?:^|;|&&)[ \t]{0,40}(source|\.)[ \t]{1,40}[\w./$~{\"'-]", re.MULTILINE)
_DASHES = ("-", "–", "—")
_WHOLE = re.compile(r"\$(?:\w{1,60}|[@*]|\{\w{1,60}(?:\[[@*]\])?\}|\(…\))")
_OF_OPTIONS = re.compile(
    r"(?<![a-z])(?:opt|arg|conf|param|extra|flag|setting|resource)|(?-i:(?<=[a-z])(?:Opt|Arg|Conf|Param|Extra|Flag|Setting))"
    r"|(?:opt(?:ion)?|arg(?:ument)?|conf(?:ig)?|param(?:eter)?|extra|flag|setting|resource)s?(?![a-z])|@|\*|…",
    re.IGNORECASE,
)
"""Words for options where they begin or end a part of a name: none is in ``topterms_jar`` or ``target``."""
_OF_APPLICATION = re.compile(r"jar|app|file|script|main|job|py|path|\b[0-9]\b", re.IGNORECASE)
_MAY_STAND_THERE = ("spark.executor.memory", "spark.executor.memoryOverhead", "spark.driver.memory")


def read(text: str) -> Configuration:
    """The settings of the first such command in the text, and of the files and texts that its script writes."""
    text, bodies = script.without_heredocs(text)
    reading = _Reading()
    found: list[Configuration] = []
    if start := _start(text):
        found.append(reading.read(text, start))
    inner = [*reading.inner, *bodies, *filter(None, [script.echoed(text)]), *_edited(text)]
    if inner:
        from sparkmem.configuration.formats import read_pieces  # here: it knows all forms, this one too

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
    reading.arguments(reading.after_name(words) or words)
    return reading.configuration()


class _Reading:
    def __init__(self, format: str = FORMAT) -> None:
        self.found = Found(format)
        self.command = ""
        self.environment: dict[str, Word] = {}
        self.pairs: list[tuple[str, str, Word]] = []
        self.options: dict[str, Word] = {}
        self.inner: list[Piece] = []
        self.elsewhere: Word | None = None
        """A word of which only a run would tell the options that stand in it."""

    def configuration(self) -> Configuration:
        self._merge()
        if self.command in LANGUAGES and self.found.circumstances.deploy_mode == "cluster":
            line = next((said.line for said in self.found.said if said.name == "deploy-mode"), 1)
            self.found.lose("shell-in-cluster-mode", line, MODE, "submit it in client mode", self.command)
        return self.found.configuration()

    def read(self, text: str, start: re.Match[str]) -> Configuration:
        begin = min(text.rfind("\n", 0, start.end()) + 1, start.start())
        before, rest = text[:begin], text[begin:]
        for sourced in list(_SOURCED.finditer(text, 0, start.end() if start else 0))[:_MOST_INSIDE]:
            self.found.ignore(text.count("\n", 0, sourced.start(1)) + 1, sourced[1], OTHER_FILE)
        variables, assigned = script.assignments(before)
        self.environment = {name: word for name, word in assigned.items() if name in (*ENVIRONMENT, *JVM_VARIABLES)}
        first = before.count("\n") + 1
        words, end = self._words(shell.commands(rest, first, variables))
        self.arguments(words)
        self._further(rest, end, first)
        return self.configuration()

    def _further(self, rest: str, end: int, first: int) -> None:
        """Name the commands after the one that is read."""
        line, counted = first + rest.count("\n", 0, end), end
        beside = rest[end : rest.find("\n", end) % (len(rest) + 1)]  # after the first command's own operator, on its line
        if beside[:1] in ("&", "|", ";") and COMMANDS_LINE.search(beside) and not self.inner:
            self.found.ignore(line, "spark-submit", SECOND_COMMAND)
        for further in list(COMMANDS_LINE.finditer(rest, end))[:_MOST_INSIDE]:
            line += rest.count("\n", counted, further.end() - 1)
            counted = further.end() - 1
            if not self.inner:
                self.found.ignore(line, "spark-submit", SECOND_COMMAND)

    def _words(self, commands: Iterator[shell.Command]) -> tuple[list[Word], int]:
        """The words after the command's name, and those of later lines that begin with an option; where they end."""
        words: list[Word] = []
        end = 0
        for command in commands:
            if self.command or words:
                if not command.words[0].text.startswith("-") or command.words[0].text == "-":
                    self._application_below(words, command.words[0])
                    break
                first = command.words[0]
                if self.command:
                    option = safe_name(first.text.split("=", 1)[0])
                    self.found.remark(first.line, option, LOST["lost-backslash"][0])
                    self._cut_off(command.words)
                words += command.words
            else:
                words = self.after_name(command.words)
                if not words and not self.command:
                    self._texts(command.words)
                    if self.inner:
                        end = command.end
                        break
            end = command.end
            for line in command.loose_lines:
                self.found.remark(line, "\\", "blanks after the backslash: a shell ends the command here")
            if command.loose_lines:
                self._cut_off([word for word in words if word.line > command.loose_lines[0]])
            for line, quote in command.open_lines:
                self.found.ignore(line, "…", f"the quote {quote} that begins here is not closed on its line")
        return words, end

    def _cut_off(self, words: list[Word]) -> None:
        for word, after in zip(words, [*words[1:], Word()], strict=False):
            name = word.text.split("=", 1)[0]
            key = OPTIONS.get(name) or (after.text.split("=", 1)[0] if name in ("--conf", "-c") else "")
            if carried(key):
                self.found.lose("lost-backslash", word.line, key, "write a backslash as the last letter of the line above")

    def _application_below(self, words: list[Word], first: Word) -> None:
        """Name an application that stands on the line below the command: it starts nothing then."""
        if self.command == "spark-submit" and first.text.lower().endswith((".py", ".jar", ".r")) and _only_options(words):
            write = "write a backslash as the last letter of the line above"
            self.found.lose("lost-backslash", first.line, "the application", write)

    def _texts(self, words: list[Word]) -> None:
        """Keep a command that stands as one word of another, as after ``bash -c``, ``su -c`` or ``ssh host``."""
        for word in words:
            if len(word.text) > 12 and re.search(r"\s", word.text) and INSIDE.search(word.text):
                self.inner.append(whole_lines(word.text, word.line))

    def after_name(self, words: list[Word]) -> list[Word]:
        """The words after the command's name, whatever runs it: ``docker exec``, ``sudo -u``, ``kubectl exec``."""
        for at, word in enumerate(words):
            self.command = command_name(word.text)
            if self.command:
                for before in words[:at]:
                    if before.text in ("xargs", "parallel"):
                        self.found.ignore(before.line, before.text, "it adds words to the command that are not in the text")
                further = [at + n for n, later in enumerate(words[at + 1 : at + 4], 1) if _is_path_of_command(later.text)]
                if further and not any(later.text.startswith("-") for later in words[at + 1 : further[-1]]):
                    return self.after_name(words[further[-1] :])  # the first was named in a sentence
                self.found.know(language=LANGUAGES.get(self.command, ""))
                return words[at + 1 :]
            assigned = _ASSIGNMENT.fullmatch(word.text)
            if assigned and assigned[2].split("=", 1)[0].split(" ", 1)[0] in (*OPTIONS, "--conf"):
                return [replace(word, text=assigned[2]), *words[at + 1 :]]  # options as the value of a property
            if assigned:
                self.environment[assigned[1]] = Word(assigned[2], word.line, word.variables, word.runs_command)
        named = (*OPTIONS, *OTHER_OPTIONS, "--conf", "-c")
        for at, word in enumerate(words):
            if word.text.startswith("-") and (at == 0 or word.text.split("=", 1)[0] in named[:-1]):
                return [] if any(_is_text(after) for after in words[at:]) else words[at:]
        return []

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
                else:
                    self.found.ignore(word.line, name, f"Missing argument for option '{name}'.")
                    if name in OPTIONS:
                        write = f"write {name} and its value"
                        self.found.lose("option-without-value", word.line, OPTIONS[name], write, name)
            elif name in SWITCHES:
                self.found.ignore(word.line, name, NOT_MEMORY)
            elif self.command in LANGUAGES:
                self._of_shell(word)
            elif _holds_options(word, words[at:]):
                self.elsewhere = self.elsewhere or word
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
                if carried(meant := key.strip().split(" ", 1)[0].split(":", 1)[0]):
                    self.found.lose("conf-without-equals", given.line, meant, f"write --conf {meant}=VALUE")
        elif name == "--properties-file":
            reason = "not read: what it says counts where the command says nothing"
            self.found.ignore(given.line, name, reason)
        elif name in OPTIONS:
            if name in self.options:
                self.found.ignore(self.options[name].line, name, f"{name} on line {given.line} comes later")
            self.options[name] = given
        else:
            if name == "--remote":
                self.found.say("master", "connect", given.line, name)
            if name == "--class":
                self.found.know(language="r" if given.text.startswith("sparklyr.") else "jvm")
            self.found.ignore(given.line, name, NOT_MEMORY)

    def _application(self, word: Word, arguments: list[Word]) -> None:
        if self.found.circumstances.language != "r":  # sparklyr's own jar runs a program in R
            ending = next((end for end in _ENDINGS if word.text.lower().endswith(end)), "")
            self.found.know(language=_ENDINGS.get(ending, ""))
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

    def _merge(self) -> None:
        """Take everything in the order in which it wins: the environment, --conf, options."""
        pairs = {key for key, _, _ in self.pairs}
        given = {option: (option, word, option) for option, word in self.options.items()}
        for name, word in self.environment.items():
            option = ENVIRONMENT.get(name, "")
            if name in JVM_VARIABLES:
                self.found.ignore(word.line, name, JVM_VARIABLES[name])
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

        self._unknown_options()

    def _unknown_options(self) -> None:
        """Say of the sizes that are not set what may be among options that the text does not hold."""
        if self.elsewhere is None:
            return
        name = self.elsewhere.text if self.elsewhere.variables else "the output of a command"
        self.found.ignore(self.elsewhere.line, "…", f"options may stand in {name}, which is not in the text")
        lost = {one.key for one in self.found.losses}
        for key in _MAY_STAND_THERE:
            if key not in self.found.settings and key not in lost and not self._is_idle(key):
                self.found.hole(key, self.elsewhere.line, f"{MAY_STAND} in {name}")

    def _is_idle(self, key: str) -> bool:
        return self.found.circumstances.cluster_manager == "local" and not key.startswith("spark.driver.")

    def _set(self, key: str, value: str, word: Word, written_as: str) -> None:
        if word.by_a_program:
            self.found.ignore(word.line, safe_name(key), f"the value is no plain text or number: {_ONLY_A_RUN}")
            self.found.hole(key, word.line, _ONLY_A_RUN)
        elif word.runs_command:
            self.found.ignore(word.line, safe_name(key), "the output of a command, which only the shell knows")
            self.found.hole(key, word.line, "it is the output of a command")
        else:
            for name in word.by_default:
                self.found.remark(word.line, safe_name(key), f"where ${name} is not set: its default in the text is taken")
            self.found.setting(key, value, word.line, written_as, tuple(word.variables))


def _only_options(words: list[Word]) -> bool:
    """Whether the words are options with their values, and no application is among them."""
    at = 0
    while at < len(words) and words[at].text.startswith("-"):
        name = words[at].text
        at += 1 if "=" in name or name in SWITCHES else 2
    return bool(words) and at == len(words)


def _is_path_of_command(text: str) -> bool:
    return "/" in text and bool(command_name(text))


def _holds_options(word: Word, after: list[Word]) -> bool:
    """Whether a word that only a run would tell is likely options and not the application, by its name and what follows."""
    if not (word.variables or word.runs_command) or not _WHOLE.fullmatch(word.text[:80]):
        return False
    if _OF_OPTIONS.search(word.text):
        return True
    options = any(other.text.split("=", 1)[0] in (*OPTIONS, "--conf", "--class") for other in after)
    return not _OF_APPLICATION.search(word.text) and (
        options or any(other.text.lower().endswith(tuple(_ENDINGS)) for other in after)
    )


def _is_text(word: Word) -> bool:
    """Whether a word is a command of its own."""
    return len(word.text) > 12 and " " in word.text and bool(INSIDE.search(word.text))
