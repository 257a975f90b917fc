"""What stands inside the strings of a program: the words of a command in a list, its options, a whole text."""

from __future__ import annotations

import re

from sparkmem.configuration import shell
from sparkmem.configuration.application_arguments import is_of_application, names_beside
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.in_brackets import is_key
from sparkmem.configuration.literals import STRING
from sparkmem.configuration.passed_over import OF_APPLICATION
from sparkmem.configuration.piece import Piece, on_one_line, whole_lines
from sparkmem.configuration.program import Program
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import OPTIONS, command_name

_INSIDE = re.compile(
    r"--(?:conf|executor-memory|driver-memory|num-executors|executor-cores)[\"']?[ =]|\bspark-submit\s|SET spark\.",
    re.IGNORECASE,
)
_KEYS_INSIDE = re.compile(r"\bspark\.[a-z]\w{2,30}\.[\w.]{2,60}[\"'`\\]{0,4}[ \t]{0,20}(?:[=:,|]|->|[ \t]-?\w)")
_MARGIN = re.compile(r"^[ \t]*\|", re.MULTILINE)  # of Scala's texts, which stripMargin takes off
_UNKNOWN = "{unknown}"
_FARTHEST = 400
_MOST = 60
_MOST_WORDS, _NEAR = 400, 7
_ADDS = ("append", "add", "push", "push_back", "arg", "addArg", "addArgs", "Add", "<<")


def holds_a_text(text: str) -> bool:
    """Whether a string is a command, a file, a body or several settings, and not a single key or value."""
    return len(text) > 12 and (bool(_INSIDE.search(text)) or _is_whole_text(text))


class Inside:
    """Reads them; their settings are in `inner`, what of them is not read in what was `found` around them."""

    def __init__(self, program: Program, seen: set[int], found: Found) -> None:
        self.program, self.seen, self.found = program, seen, found
        self.inner: list[Configuration] = []

    def words(self, at: int) -> None:
        """A list of the words of a command, all of them in the same bracket."""
        opener = self.program.opener[at]
        if opener < 0 or (self.program.text(at - 1) == "," and is_key(self.program, at - 2)):  # the second is a key's value
            return
        label = self.program.tokens[opener - 2].text if self.program.text(opener - 1) in (":", "=") and opener >= 2 else ""
        around = names_beside(self.program, opener) if label else []
        named = self.program.tokens[opener + 1].text or ""
        if is_of_application(label or "", [] if command_name(named) else around):
            self.seen.update(range(opener, self.program.closing[opener]))
            inside = self.program.tokens[opener : self.program.closing[opener]]
            options = [word for word in inside if word.kind == STRING and (word.text or "").partition("=")[0] in OPTIONS]
            for word in options or [self.program.tokens[at]]:
                self.found.ignore(word.line, (word.text or "").partition("=")[0] if options else "…", OF_APPLICATION)
            return
        words: list[Word] = []
        for start, end in self.program.arguments(opener + 1, self.program.closing[opener]):
            self.seen.update(range(start, end))
            text = self.program.value(start, end)
            line = self.program.tokens[start].line
            words.append(Word(text, line) if text is not None else self._unknown_word(start, end))
        if words and not any(command_name(word.text) for word in words):
            first = next((i for i, word in enumerate(words) if word.text.startswith("-")), len(words))
            words = words[first:]
        from sparkmem.configuration.spark_submit import read_words  # here: most programs hold no command

        self.inner.append(read_words(words))

    def calls(self, at: int) -> bool:
        """The words of a command that are added one after another, as ``args.append("--conf")`` or ``.arg("--conf")``."""
        program = self.program
        opener, words = program.opener[at], list[Word]()
        method = program.text(opener - 1) if opener > 0 else None
        if program.text(opener) != "(" or method not in _ADDS or program.closing[opener] != at + 1:
            return False
        while program.text(opener) == "(" and program.text(opener - 1) == method and len(words) < _MOST_WORDS:
            close = program.closing[opener]
            for start, end in program.arguments(opener + 1, close):
                text = program.value(start, end)
                line = program.tokens[start].line
                words.append(Word(text, line) if text is not None else self._unknown_word(start, end))
            self.seen.update(range(opener, close))
            opener = next((n for n in range(close + 1, close + _NEAR) if program.text(n) in ("(", "=")), -1)
        if any(word.text != word.text.strip() for word in words):  # pieces of one text, of which a blank parts the words
            whole = "".join(_UNKNOWN if word.by_a_program else word.text for word in words)
            self.piece(on_one_line(whole, words[0].line))
            return True
        from sparkmem.configuration.spark_submit import read_words  # here: most programs hold no command

        self.inner.append(read_words(words))
        return True

    def words_with(self, sign: str, text: str, line: int) -> None:
        """The words of a command in one text with a sign between each, as NiFi has its arguments."""
        from sparkmem.configuration.spark_submit import read_words  # here: most programs hold no command

        self.inner.append(read_words([Word("spark-submit", line), *(Word(word, line) for word in text.split(sign))]))

    def _unknown_word(self, start: int, end: int) -> Word:
        """A word that only a run would tell: of a text that is filled in the key before the hole is known."""
        token = self.program.tokens[start]
        key, has_value, _ = (token.template if end == start + 1 else "").partition("=")
        known = has_value and re.fullmatch(r"(?:--conf=)?spark\.[\w.]{1,100}|--[a-z-]{1,40}", key)
        return Word(f"{key}=…" if known else "…", token.line, by_a_program=True)

    def options_behind(self, at: int) -> bool:
        """Glue's way: ``"--conf": "key=value --conf key=value"``, all options of one kind in one text."""
        tokens = self.program.tokens
        value = tokens[at + 2].text if at + 2 < len(tokens) and tokens[at + 2].kind == STRING else None
        if not value:
            return False
        from sparkmem.configuration.spark_submit import read_words  # here: most programs hold no command

        self.seen.add(at + 2)
        words = next((command.words for command in shell.commands(f"--conf {value}", tokens[at + 2].line)), [])
        read = read_words(words)
        if not self._stands_again(at):
            self.inner.append(read)
            return True
        name = str(tokens[at].text)
        for one in read.settings:
            self.found.lose("option-repeated", one.line, one.key, f"write all of them behind one {name}", name)
        return True

    def _stands_again(self, at: int) -> bool:
        """Whether the same key stands again below in the same object, of which a program and a parser keep the last."""
        program, key = self.program, self.program.tokens[at].text
        around = program.opener[at]
        end = min(program.closing.get(around, at), at + _FARTHEST) if around >= 0 and program.text(at + 1) == ":" else at
        return any(
            program.tokens[place].text == key and program.opener[place] == around and program.text(place + 1) == ":"
            for place in range(at + 1, end)
        )

    def text(self, at: int, text: str) -> None:
        """A command, its options or a statement of SQL inside a string."""
        token = self.program.tokens[at]
        key = self.program.tokens[at - 2].text if at > 1 and self.program.text(at - 1) in (":", "=") else None
        own = key and key.startswith("--") and key not in ("--conf", *OPTIONS)  # as Glue hands on what is a job's own
        if not own and key and not command_name(text.split(" ", 1)[0]):
            own = is_of_application(key, names_beside(self.program, at))
        if own:
            self.found.ignore(token.line, text.split("=", 1)[0].split(" ", 1)[0], OF_APPLICATION)
            return
        text = _MARGIN.sub("", self._joined(at) or text) if "\n" in text else self._joined(at) or text
        following = self.program.tokens[at + 1].line if at + 1 < len(self.program.tokens) else token.line
        on_lines = 0 < text.count("\n") <= following - token.line + 1  # and not written with escapes
        self.piece(whole_lines(text, token.line) if on_lines else on_one_line(text, token.line))

    def piece(self, piece: Piece) -> None:
        """A text inside a string, in whatever form it is; one that is not read is passed over by name."""
        from sparkmem.configuration.by_evidence import read_piece  # here: it knows all forms, these pairs too

        if len(self.inner) < _MOST:
            try:
                self.inner.append(read_piece(piece))
            except ConfigurationError as error:
                self.found.ignore(piece.line(1), "…", error.message)

    def _joined(self, at: int) -> str:
        """A text that is put together of pieces, what only a run would tell as a hole in it; empty where it is one piece."""
        end = self.program.end_of(at, len(self.program.tokens))
        if self.program.text(at + 1) != "+":
            return self._adjacent(at, end)
        self.seen.update(range(at, end))
        pieces: list[str] = []
        begun, hole = at, ""
        for place in range(at, end + 1):
            if place == end or self.program.text(place) == "+":
                held = self.program.value(begun, place) if place > begun else ""
                if hole and held and held.startswith("--"):  # a word of its own before an option
                    pieces[-1] = f"${hole} "
                pieces.append(self.with_holes(begun, place) if held is None else held)
                name = self.program.text(begun) if held is None and place == begun + 1 else ""
                hole = name if name and pieces[-1] == _UNKNOWN and name.isidentifier() else ""
                begun = place + 1
        return "".join(pieces)

    def _adjacent(self, at: int, end: int) -> str:
        """Strings that stand one after another in a bracket, which Python joins."""
        tokens = self.program.tokens
        if end - at < 2 or self.program.opener[at] < 0 or any(token.kind != STRING for token in tokens[at:end]):
            return ""
        self.seen.update(range(at, end))
        pieces = [(place, self.program.value(place, place + 1)) for place in range(at, end)]
        return "".join(self.with_holes(place, place + 1) if held is None else held for place, held in pieces)

    def with_holes(self, start: int, end: int) -> str:
        """What is known of an expression that only a run would tell: the text around the holes of a string."""
        if end != start + 1 or not self.program.tokens[start].template:
            return _UNKNOWN
        return self.program.filled_partly(start, _UNKNOWN)


def _is_whole_text(text: str) -> bool:
    """Whether a string is a file, a body or several settings, and no single ``KEY=VALUE``, which its list is read for."""
    several = "\n" in text or text[0] in "{[<" or text.count("spark.") > 1
    return several and bool(_KEYS_INSIDE.search(text) or (text.count("\n") > 1 and "spark" in text and "emory" in text))
