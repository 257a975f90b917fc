"""The words of a command as a POSIX shell splits them; what only the shell knows stays in them as text, and is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sparkmem.configuration.configuration import ConfigurationError

_VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])|\{([^}\n]{0,200})\})")
_PLAIN = re.compile(r"""[^ \t\r\n\\'"$`;&|<>()^]+""")
_QUOTED = re.compile(r'[^"\\$`]+')
_BRACKET = re.compile(r"[()]")
_REDIRECTION = re.compile(r"[<>]+[&|]?")
_CONTINUES = re.compile(r"[\\^`][ \t]*\r?\n")
_OPERATORS = ";&|()"


@dataclass
class Word:
    """One word: its text, the line it begins on, the variables in it, and whether a command's output is in it."""

    text: str = ""
    line: int = 0
    variables: list[str] = field(default_factory=list)
    runs_command: bool = False


@dataclass
class Command:
    """The words up to an operator or the end of a line, and the lines at which a blank follows the last backslash."""

    words: list[Word] = field(default_factory=list)
    loose_lines: list[int] = field(default_factory=list)


def commands(text: str, first_line: int = 1) -> Iterator[Command]:
    """The commands of a script, one after another; ``ConfigurationError`` where a quote is not closed."""
    return _Splitter(text, first_line).commands()


class _Splitter:
    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.at, self.line = text, 0, first_line
        self.word: Word | None = None
        self.parts: list[str] = []
        self.command = Command()
        self.redirected = False

    def commands(self) -> Iterator[Command]:
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\n" or letter in _OPERATORS:
                self._end_word()
                if self.command.words:
                    yield self.command
                    self.command = Command()
                self._skip(1)
            else:
                self._step(letter)
        self._end_word()
        if self.command.words:
            yield self.command

    def _step(self, letter: str) -> None:
        continued = _CONTINUES.match(self.text, self.at) if letter in "\\^`" else None
        if continued and (letter == "\\" or self.word is None):
            self._continue(continued)
        elif letter in " \t\r":
            self._end_word()
            self._skip(1)
        elif letter == "#" and self.word is None:
            end = self.text.find("\n", self.at)
            self._skip((end if end >= 0 else len(self.text)) - self.at)
        elif letter in "<>":
            self._redirect()
        elif letter == "\\":
            escaped = self.text[self.at + 1 : self.at + 2]
            self._take(letter + escaped, escaped)
        elif letter == "'":
            self._single()
        elif letter == '"':
            self._double()
        elif letter in "$`":
            self._expansion()
        else:
            plain = _PLAIN.match(self.text, self.at)
            self._take(plain[0] if plain else letter)

    def _continue(self, continued: re.Match[str]) -> None:
        if continued[0].strip("\r\n")[1:]:
            self._end_word()
            self.command.loose_lines.append(self.line)
        elif continued[0][0] != "\\":
            self._end_word()
        self._skip(len(continued[0]))

    def _redirect(self) -> None:
        if "".join(self.parts).isdigit():
            self.word, self.parts = None, []  # the number of a stream
        self._end_word()
        self._skip(len(_REDIRECTION.match(self.text, self.at)[0]))  # type: ignore[index]
        self.redirected = True

    def _single(self) -> None:
        end = self.text.find("'", self.at + 1)
        if end < 0:
            raise ConfigurationError("the quote ' that begins here is not closed", self.line)
        self._take(self.text[self.at : end + 1], self.text[self.at + 1 : end])

    def _double(self) -> None:
        opened = self.line
        self._take('"', "")
        while self.at < len(self.text) and self.text[self.at] != '"':
            letter = self.text[self.at]
            if letter == "\\":
                after = self.text[self.at + 1 : self.at + 2]
                self._take(letter + after, "" if after == "\n" else after if after in '$`"\\' else letter + after)
            elif letter in "$`":
                self._expansion()
            else:
                self._take(_QUOTED.match(self.text, self.at)[0])  # type: ignore[index]
        if self.at >= len(self.text):
            raise ConfigurationError('the quote " that begins here is not closed', opened)
        self._skip(1)

    def _expansion(self) -> None:
        variable = _VARIABLE.match(self.text, self.at)
        if variable:
            name = variable[1] or re.split(r"[^A-Za-z0-9_]", variable[2], maxsplit=1)[0] or variable[2][:40]
            self._take(variable[0])
            self._now().variables.append(name)
        elif self.text.startswith(("$(", "`"), self.at):
            self._now().runs_command = True
            self._take(self._substitution(), "$(…)")
        elif self.text.startswith('$"', self.at):
            self._take("$", "")
        else:
            self._take("$")

    def _substitution(self) -> str:
        """The whole of ``$(...)`` or of a pair of backticks; quotes inside are not looked into."""
        if self.text[self.at] == "`":
            end = self.text.find("`", self.at + 1)
        else:
            depth, end = 0, -1
            for bracket in _BRACKET.finditer(self.text, self.at):
                depth += 1 if bracket[0] == "(" else -1
                if depth == 0:
                    end = bracket.start()
                    break
        if end < 0:
            raise ConfigurationError("the command in brackets or backticks that begins here is not closed", self.line)
        return self.text[self.at : end + 1]

    def _now(self) -> Word:
        if self.word is None:
            self.word = Word(line=self.line)
        return self.word

    def _take(self, source: str, text: str | None = None) -> None:
        """Go past the source, which adds itself, or another text, to the word."""
        self._now()
        self.parts.append(source if text is None else text)
        self._skip(len(source))

    def _skip(self, length: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + length)
        self.at += length

    def _end_word(self) -> None:
        if self.word is not None:
            self.word.text = "".join(self.parts)
            if not self.redirected:
                self.command.words.append(self.word)
            self.redirected = False
        self.word, self.parts = None, []
