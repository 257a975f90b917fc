"""A command of a shell: its words, and the place in the text up to which they are read."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    maybe: str = ""
    """The array to which a condition adds the word; empty where none decides."""
    by_a_program: bool = False
    """Whether a program puts the word together, so that only a run would tell."""


@dataclass
class Command:
    """The words up to an operator or the end of a line, where blanks follow a backslash, and what is not closed."""

    words: list[Word] = field(default_factory=list)
    loose_lines: list[int] = field(default_factory=list)
    open_lines: list[tuple[int, str]] = field(default_factory=list)
    end: int = 0


class Cursor:
    """Goes through a text, and puts words and commands together; what is not closed is `hopeless` from there on."""

    def __init__(self, text: str, first_line: int) -> None:
        self.text, self.at, self.line = text, 0, first_line
        self.hopeless: set[str] = set()
        self.word: Word | None = None
        self.parts: list[str] = []
        self.command = Command()
        self.redirected = False

    def now(self) -> Word:
        """The word that is read, which begins here where none is."""
        if self.word is None:
            self.word = Word(line=self.line)
        return self.word

    def take(self, source: str, text: str | None = None) -> None:
        """Go past the source, which adds itself, or another text, to the word."""
        self.now()
        self.parts.append(source if text is None else text)
        self.skip(len(source))

    def skip(self, length: int) -> None:
        """Go past some letters."""
        self.line += self.text.count("\n", self.at, self.at + length)
        self.at += length

    def end_word(self) -> None:
        """End the word, where one is read; the target of a redirection is none of the command's."""
        if self.word is not None:
            self.word.text = "".join(self.parts)
            if not self.redirected:
                self.command.words.append(self.word)
            self.redirected = False
        self.word, self.parts = None, []

    def rest_of_line(self) -> str:
        """What is left of the line."""
        end = self.text.find("\n", self.at)
        return self.text[self.at : end if end >= 0 else len(self.text)]
