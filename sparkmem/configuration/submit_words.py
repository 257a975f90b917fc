"""The words of a command among those of a script: behind its name, whatever runs it, and those that a slip cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sparkmem.configuration import shell
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import LOST
from sparkmem.configuration.piece import Piece, whole_lines
from sparkmem.configuration.shell_command import Command, Word
from sparkmem.configuration.submit_options import LANGUAGES, OPTIONS, OTHER_OPTIONS, SWITCHES, command_name

INSIDE = re.compile(
    r"(?:spark[23]?-(?:submit|shell|sql)|pyspark|sparkR)(?:\.cmd)?\s+(?:\\\s{0,20})?-"
    r"|[\s\"'=]--(?:executor-memory|driver-memory|conf)[\"']?[\s=]"
)
_BLANK = re.compile(r"\s")
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=(.*)", re.DOTALL)


class CommandWords:
    """Finds them; what is lost on the way is said in `found`."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.command = ""
        """Its name: ``spark-submit``, ``pyspark`` and so on."""
        self.environment: dict[str, Word] = {}
        """What is assigned before the name, on the same line or above."""
        self.inner: list[Piece] = []
        """Commands that stand as one word of another."""

    def of(self, commands: Iterator[Command]) -> tuple[list[Word], int]:
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
                words += self._without_cut_off(command.words) if self.command else command.words
            else:
                words = self.after_name(command.words)
                if not words and not self.command:
                    self.inner += [whole_lines(word.text, word.line) for word in command.words if _is_command(word)]
                    if self.inner:
                        end = command.end
                        break
            end = command.end
            for line in command.loose_lines:
                self.found.remark(line, "\\", "blanks after the backslash: a shell ends the command here")
            if command.loose_lines:
                below = next((at for at, word in enumerate(words) if word.line > command.loose_lines[0]), len(words))
                words[below:] = self._without_cut_off(words[below:])
            for line, quote in command.open_lines:
                self.found.ignore(line, "…", f"the quote {quote} that begins here is not closed on its line")
        return words, end

    def _without_cut_off(self, words: list[Word]) -> list[Word]:
        """The words below a line that ends the command, without the settings among them, which are named as lost."""
        kept, at = list[Word](), 0
        while at < len(words):
            name, has_value, value = words[at].text.partition("=")
            if not name.startswith("-"):  # the application, with what is its own
                return [*kept, *words[at:]]
            pair = name in ("--conf", "-c")
            takes = 2 if not has_value and (pair or name in OPTIONS or name in OTHER_OPTIONS) else 1
            key = value or (words[at + 1].text if at + 1 < len(words) else "")
            key = key.split("=", 1)[0] if pair else OPTIONS.get(name, "")
            if carried(key):
                write = "write a backslash as the last letter of the line above"
                self.found.lose("lost-backslash", words[at].line, key, write)
            else:
                kept += words[at : at + takes]
            at += takes
        return kept

    def _application_below(self, words: list[Word], first: Word) -> None:
        """Name an application that stands on the line below the command: it starts nothing then."""
        if self.command == "spark-submit" and first.text.lower().endswith((".py", ".jar", ".r")) and is_only_options(words):
            write = "write a backslash as the last letter of the line above"
            self.found.lose("lost-backslash", first.line, "the application", write)

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
                evaluated = any(before.text == "eval" for before in words[:at])
                return [inner for one in words[at + 1 :] for inner in (_evaluated(one) if evaluated else [one])]
            assigned = _ASSIGNMENT.fullmatch(word.text)
            if assigned and assigned[2].split("=", 1)[0].split(" ", 1)[0] in (*OPTIONS, "--conf"):
                return [replace(word, text=assigned[2]), *words[at + 1 :]]  # options as the value of a property
            if assigned:
                self.environment[assigned[1]] = Word(assigned[2], word.line, word.variables, word.runs_command)
        named = (*OPTIONS, *OTHER_OPTIONS, "--conf", "-c")
        for at, word in enumerate(words):
            if word.text.startswith("-") and (at == 0 or word.text.split("=", 1)[0] in named[:-1]):
                return [] if any(_is_command(after) for after in words[at:]) else words[at:]
        return []


def _evaluated(word: Word) -> list[Word]:
    """The words that ``eval`` makes of one in quotes, as the log of a kernel that starts a session shows them."""
    command = next(iter(shell.commands(word.text, word.line)), None) if _BLANK.search(word.text) else None
    return command.words if command else [word]


def is_only_options(words: list[Word]) -> bool:
    """Whether the words are options with their values, and no application is among them."""
    at = 0
    while at < len(words) and words[at].text.startswith("-"):
        name = words[at].text
        at += 1 if "=" in name or name in SWITCHES else 2
    return bool(words) and at == len(words)


def _is_path_of_command(text: str) -> bool:
    return "/" in text and bool(command_name(text))


def _is_command(word: Word) -> bool:
    """Whether a word is a command of its own, as after ``bash -c``, ``su -c`` or ``ssh host``."""
    return len(word.text) > 12 and bool(_BLANK.search(word.text)) and bool(INSIDE.search(word.text))

