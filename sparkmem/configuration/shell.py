"""The words of a command as a POSIX shell splits them; what only the shell knows stays in them as text, and is named.

A quote or a bracket that is not closed spoils its own line and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration.shell_command import Command, Cursor
from sparkmem.configuration.shell_expansions import Expansions
from sparkmem.configuration.shell_quotes import Quotes
from sparkmem.configuration.shell_variables import Variables

_PLAIN = re.compile(r"""[^ \t\r\n\\'"$`;&|<>()^]+""")
_SPECIAL = " \t\r\n\\'\"$`;&|<>()^#"
_BLANKS = re.compile(r"[ \t\r]+")
_REDIRECTION = re.compile(r"[<>]+[&|]?")
_CONTINUES = re.compile(r"[\\^`][ \t]*\r?\n")
_OPERATORS = ";&|()"


def commands(text: str, first_line: int = 1, variables: Variables | None = None) -> Iterator[Command]:
    """The commands of a script, one after another; what the variables hold is filled in."""
    return _Splitter(text, first_line, variables or Variables()).commands()


class _Splitter:
    def __init__(self, text: str, first_line: int, variables: Variables) -> None:
        self.cursor, self.variables = Cursor(text, first_line), variables
        self.expansions = Expansions(self.cursor, variables)
        self.quotes = Quotes(self.cursor, self.expansions)

    def commands(self) -> Iterator[Command]:
        cursor = self.cursor
        while cursor.at < len(cursor.text):
            letter = cursor.text[cursor.at]
            if letter == "\n" or letter in _OPERATORS:
                if letter == "(" and cursor.parts and cursor.parts[-1][-1:] == "=":
                    self._array()
                    continue
                cursor.end_word()
                if cursor.command.words:
                    cursor.command.end = cursor.at
                    yield cursor.command
                    cursor.command = Command()
                cursor.skip(1)
            else:
                self._step(letter)
        cursor.end_word()
        if cursor.command.words:
            cursor.command.end = cursor.at
            yield cursor.command

    def _array(self) -> None:
        """The words of ``NAME=(…)``, a blank between each, as one word; the quotes around a word stay off."""
        cursor = self.cursor
        end = cursor.text.find(")", cursor.at)
        inner = cursor.text[cursor.at + 1 : end if end >= 0 else cursor.text.find("\n", cursor.at)]
        words = [word for command in commands(inner, cursor.line, self.variables) for word in command.words]
        cursor.take(f"({inner})" if end >= 0 else f"({inner}", "")
        cursor.now().items = words

    def _step(self, letter: str) -> None:
        cursor = self.cursor
        if letter not in _SPECIAL or (letter == "#" and cursor.word is not None):
            cursor.take(_PLAIN.match(cursor.text, cursor.at)[0])  # type: ignore[index]
            return
        continued = _CONTINUES.match(cursor.text, cursor.at) if letter in "\\^`" else None
        if continued and (letter == "\\" or cursor.word is None):
            self._continue(continued)
        elif letter in " \t\r":
            cursor.end_word()
            cursor.skip(len(_BLANKS.match(cursor.text, cursor.at)[0]))  # type: ignore[index]
        elif letter == "#":
            cursor.skip(len(cursor.rest_of_line()))
        elif letter in "<>":
            self._redirect()
        elif letter == "\\":
            escaped = cursor.text[cursor.at + 1 : cursor.at + 2]
            cursor.take(letter + escaped, escaped)
        elif letter == "'":
            self.quotes.single()
        elif letter == '"':
            self.quotes.double()
        elif letter in "$`":
            self.expansions.take()
        else:
            cursor.take(letter)

    def _continue(self, continued: re.Match[str]) -> None:
        cursor = self.cursor
        if continued[0].strip("\r\n")[1:]:
            cursor.end_word()
            cursor.command.loose_lines.append(cursor.line)
        elif continued[0][0] != "\\":
            cursor.end_word()
        cursor.skip(len(continued[0]))

    def _redirect(self) -> None:
        cursor = self.cursor
        if "".join(cursor.parts).isdigit():
            cursor.word, cursor.parts = None, []  # the number of a stream
        cursor.end_word()
        cursor.skip(len(_REDIRECTION.match(cursor.text, cursor.at)[0]))  # type: ignore[index]
        cursor.redirected = True
