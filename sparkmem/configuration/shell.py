"""The words of a command as a POSIX shell splits them; what only the shell knows stays in them as text, and is named.

A quote or a bracket that is not closed spoils its own line and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sparkmem.configuration.shell_variables import Maybe, Variables

_VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])|\{((?:[^{}\n]|\$\{[^{}\n]{0,80}\}){0,200})\})")
_PLAIN = re.compile(r"""[^ \t\r\n\\'"$`;&|<>()^]+""")
_SPECIAL = " \t\r\n\\'\"$`;&|<>()^#"
_BLANKS = re.compile(r"[ \t\r]+")
_QUOTED = re.compile(r'[^"\\$`]+')
_BRACKET = re.compile(r"[()]")
_REDIRECTION = re.compile(r"[<>]+[&|]?")
_CONTINUES = re.compile(r"[\\^`][ \t]*\r?\n")
_OPTION_BELOW = re.compile(r"\n[ \t]*(?:--[a-z]|-c )")
_COMMAND_INSIDE = re.compile(r"(?:spark\d?-(?:submit|shell|sql)|pyspark|sparkR)\b")
_OPERATORS = ";&|()"
_LONGEST = 300
_COMPUTES = re.compile(r"(?:\$\(|`)\s*(?:expr\s+([^|;&]+?)|echo\s+[\"']?([^|;&\"']+?)[\"']?\s*\|\s*bc)\s*[)`]")


@dataclass
class Word:
    """One word: its text, the line it begins on, the variables in it, and whether a command's output is in it."""

    text: str = ""
    line: int = 0
    variables: list[str] = field(default_factory=list)
    runs_command: bool = False
    items: list[Word] | None = None
    by_default: list[str] = field(default_factory=list)
    """Names whose default, as in ``${MEM:-8g}``, was taken."""
    by_a_program: bool = False
    """Whether a program puts the word together, so that only a run would tell."""


@dataclass
class Command:
    """The words up to an operator or the end of a line, where blanks follow a backslash, and what is not closed."""

    words: list[Word] = field(default_factory=list)
    loose_lines: list[int] = field(default_factory=list)
    open_lines: list[tuple[int, str]] = field(default_factory=list)
    end: int = 0


def commands(text: str, first_line: int = 1, variables: Variables | None = None) -> Iterator[Command]:
    """The commands of a script, one after another; what the variables hold is filled in."""
    return _Splitter(text, first_line, variables or Variables()).commands()


def _is_stray(quoted: str) -> bool:
    """Whether what stands between two quotes is options of the lines below rather than a text of several lines."""
    return "\n" in quoted and bool(_OPTION_BELOW.search(quoted)) and not _COMMAND_INSIDE.search(quoted)


class _Splitter:
    def __init__(self, text: str, first_line: int, variables: Variables) -> None:
        self.text, self.at, self.line = text, 0, first_line
        self.variables = variables
        self.hopeless: set[str] = set()
        self.word: Word | None = None
        self.parts: list[str] = []
        self.command = Command()
        self.redirected = False

    def commands(self) -> Iterator[Command]:
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter == "\n" or letter in _OPERATORS:
                if letter == "(" and self.parts and self.parts[-1][-1:] == "=":
                    self._array()
                    continue
                self._end_word()
                if self.command.words:
                    self.command.end = self.at
                    yield self.command
                    self.command = Command()
                self._skip(1)
            else:
                self._step(letter)
        self._end_word()
        if self.command.words:
            self.command.end = self.at
            yield self.command

    def _array(self) -> None:
        """The words of ``NAME=(…)``, a blank between each, as one word; the quotes around a word stay off."""
        end = self.text.find(")", self.at)
        inner = self.text[self.at + 1 : end if end >= 0 else self.text.find("\n", self.at)]
        words = [word for command in commands(inner, self.line, self.variables) for word in command.words]
        self._take(f"({inner})" if end >= 0 else f"({inner}", "")
        self._now().items = words

    def _step(self, letter: str) -> None:
        if letter not in _SPECIAL or (letter == "#" and self.word is not None):
            self._take(_PLAIN.match(self.text, self.at)[0])  # type: ignore[index]
            return
        continued = _CONTINUES.match(self.text, self.at) if letter in "\\^`" else None
        if continued and (letter == "\\" or self.word is None):
            self._continue(continued)
        elif letter in " \t\r":
            self._end_word()
            self._skip(len(_BLANKS.match(self.text, self.at)[0]))  # type: ignore[index]
        elif letter == "#":
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
            self._take(letter)

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
        end = -1 if "'" in self.hopeless else self.text.find("'", self.at + 1)
        if end < 0 or _is_stray(self.text[self.at : end]):
            self._not_closed("'", end < 0)
        else:
            self._take(self.text[self.at : end + 1], self.text[self.at + 1 : end])

    def _not_closed(self, quote: str, nowhere: bool = True) -> None:
        """Take what is left of the line as it stands, and name the line."""
        if nowhere:
            self.hopeless.add(quote)
        self.command.open_lines.append((self.line, quote))
        end = self.text.find("\n", self.at)
        rest = self.text[self.at : end if end >= 0 else len(self.text)]
        self._take(rest, rest[1:])
        self._end_word()
        if end >= 0 and rest.rstrip().endswith("\\"):
            self._skip(1)  # the command goes on below

    def _double(self) -> None:
        begun, line, kept = self.at, self.line, len(self.parts)
        if '"' in self.hopeless:
            self._not_closed('"')
            return
        self._take('"', "")
        while self.at < len(self.text) and self.text[self.at] != '"':
            letter = self.text[self.at]
            if letter == "\\":
                after = self.text[self.at + 1 : self.at + 2]
                self._take(letter + after, "" if after == "\n" else after if after in '$`"\\' else letter + after)
            elif letter in "$`":
                self._expansion(quoted=True)
            else:
                self._take(_QUOTED.match(self.text, self.at)[0])  # type: ignore[index]
        nowhere = self.at >= len(self.text)
        if nowhere or _is_stray(self.text[begun : self.at]):
            self.at, self.line = begun, line
            del self.parts[kept:]
            self._not_closed('"', nowhere)
        else:
            self._skip(1)

    def _expansion(self, quoted: bool = False) -> None:
        variable = _VARIABLE.match(self.text, self.at)
        if variable:
            self._variable(variable, quoted)
        elif self.text.startswith("$((", self.at) and (close := self.text.find("))", self.at, self.at + _LONGEST)) > 0:
            self._arithmetic(self.text[self.at : close + 2])
        elif self.text.startswith(("$(", "`"), self.at):
            self._run(self._substitution())
        elif self.text.startswith('$"', self.at):
            self._take("$", "")
        else:
            self._take("$")

    def _variable(self, variable: re.Match[str], quoted: bool) -> None:
        """Fill in what a variable holds: outside of quotes its blanks part words, as the words of a list are parted."""
        name = variable[1] or re.split(r"[^A-Za-z0-9_]", variable[2], maxsplit=1)[0] or variable[2][:40]
        held, defaulted = self.variables.expanded(variable[1] or variable[2])
        if held is None:
            self._take(variable[0])
            self._now().variables.append(name)
            return
        self._skip(len(variable[0]))
        words = held if quoted or isinstance(held, list) else held.split()
        for at, text in enumerate([words] if isinstance(words, str) else words):
            if at:
                self._end_word()
            self._now().text = ""
            self.parts.append(text)
            if isinstance(text, Maybe):
                self._now().variables.append(name)
        if self.word is not None and defaulted:
            self.word.by_default.append(name)

    def _run(self, source: str) -> None:
        """The output of a command, which only the shell knows but where it computes."""
        computes = _COMPUTES.fullmatch(source[:_LONGEST])
        if computes:
            from sparkmem.configuration.shell_arithmetic import computed  # here: the same

            inside = (computes[1] or computes[2]).replace("\\*", "*")
            if (found := computed(inside, lambda name: self.variables.expanded(name)[0])) is not None:
                self._take(source, found)
                return
        self._now().runs_command = True
        self._take(source, "$(…)")

    def _arithmetic(self, source: str) -> None:
        """``$((…))``, where its names have whole numbers; else it is as the output of a command."""
        from sparkmem.configuration.shell_arithmetic import computed  # here: few scripts compute

        found = computed(source[3:-2], lambda name: self.variables.expanded(name)[0])
        if found is None:
            self._now().runs_command = True
        self._take(source, "$(…)" if found is None else found)

    def _substitution(self) -> str:
        """The whole of ``$(...)`` or of a pair of backticks, or what is left of the line where it is not closed."""
        quote = self.text[self.at]
        end = -1
        if quote not in self.hopeless:
            if quote == "`":
                end = self.text.find("`", self.at + 1)
            else:
                depth = 0
                for bracket in _BRACKET.finditer(self.text, self.at):
                    depth += 1 if bracket[0] == "(" else -1
                    if depth == 0:
                        end = bracket.start()
                        break
        if end < 0:
            self.hopeless.add(quote)
            self.command.open_lines.append((self.line, quote))
            end = self.text.find("\n", self.at)
            return self.text[self.at : end if end >= 0 else len(self.text)]
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
