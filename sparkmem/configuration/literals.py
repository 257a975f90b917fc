"""Python and Scala, as far as a setting needs: names, punctuation, and literals with the text that they come to."""

from __future__ import annotations

import re
from functools import lru_cache

from sparkmem.record import record

NAME, STRING, NUMBER, PUNCTUATION = "name", "string", "number", "punctuation"

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\f]+|\\\r?\n)|(?P<newline>\n)
    |(?P<hash>\#[^\n]*)|(?P<slashes>//[^\n]*)|(?P<block>/\*.*?(?:\*/|\Z))
    |(?P<string>(?P<prefix>[A-Za-z]{0,3})(?P<quote>\"{3}|'{3}|\"|'))
    |(?P<number>[0-9][0-9_]*(?:\.[0-9_]+)?(?:[eE][+-]?[0-9]+)?[A-Za-z]*)
    |(?P<name>[^\W\d]\w*)|(?P<arrow>->)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_STATEMENTS = re.compile(r"[;{][ \t]*(?://[^\n]*)?$", re.MULTILINE)  # that end as Java's and JavaScript's do
_DIVISOR = re.compile(r"//[ ]?[\w(]+[ \t]*(?:[-+*)\n#]|$)")
_NAMED = re.compile(r"(?<!\\)(?:\\\\)*\\N\{")  # a letter by its name; after a backslash that is itself escaped it is none
_ESCAPE = re.compile(r"\\(?:(\r?\n)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "a": "\a", "v": "\v", "\\": "\\", "'": "'", '"': '"'}
_SCALA_SIGNS = re.compile(
    r"\bnew\s+Spark|\b(?:val|var|object|import org)\s|->(?![^\n:]{1,60}:[ \t]*$)|^[ \t]*//|\bMap\(|\bSeq\(|\bArray\("
    r"|^(?:val )?res\d{1,4}: \w|^Using Scala version ",
    re.MULTILINE,
)
_JAVASCRIPT = re.compile(
    r"^[ \t]*(?:export[ ])?(?:const|let)[ ](?:\w+|\{[^}\n]{1,200}\})(?:: ?[\w<>]+)?[ ]?="
    r"|^import[ ][^\n]{1,120}[ ]from[ ][\"']|\brequire\([\"']",
    re.MULTILINE,
)
"""Of JavaScript and TypeScript, whose texts stand in single quotes too."""
_PYTHON_SIGNS = re.compile(
    r"\b(?:import|from)\s+pyspark|^import os\b|\bos\.(?:environ|getenv)\b"
    r"|^[ \t]*(?:def|for|with|if|elif|while|except|class)\b[^\n{}]{1,200}:[ \t]*$"
    r"|^[ \t]*(?:try|else|finally|except):[ \t]*$"
    r"|'|^[ \t]*#|\bTrue\b|\bFalse\b|\\[ \t]*$|\[\s*\(",
    re.MULTILINE,
)
_TELLS_PYTHON = re.compile(
    _PYTHON_SIGNS.pattern.replace("|'|", r"|[(\[{,=][ \t]{0,9}'|'[ \t]{0,9}[)\],:]|"), re.MULTILINE
)
_PYTHON_LINES = re.compile(
    r"^[ \t]*(?:(?:>>>|\.\.\.)[ ])?(?:from[ ][\w.]+[ ]import\b|import[ ][\w.]+[ ]as[ ]|if[ ]__name__"
    r"|(?:async[ ])?def[ ]\w+\([^\n{}]{0,200}:[ \t]*$|class[ ]\w+(?:\([^\n{}]{0,80}\))?:[ \t]*$"
    r"|[\w.]+[ ]=[ ]\w+\.builder[ ]?\\[ \t]*$)",
    re.MULTILINE,
)
_R_LINES = re.compile(
    r"^[ \t]*(?:>[ ])?(?:[\w.$`-]{1,80}[ ]?<-[ ]?[^\s-]|library\(|require\(\w+\)|Sys\.setenv\()", re.MULTILINE
)
_SCALA_LINES = re.compile(
    r"^[ \t]*(?:scala>[ ])?(?:package[ ][\w.]+"
    r"|import[ ](?:static[ ])?(?:org|com|java|scala|spark)\.[\w.{},_* =>]+;?[ \t]*$"
    r"|(?:(?:private|protected|lazy|implicit|final|override)[ ])*(?:val|var|object|trait)[ ]\w+"
    r"|(?:case[ ])?class[ ]\w+[ ]?[({\[]|(?:public|private|protected)[ ](?:static|class|final|abstract|void|[\w<>]+[ ]\w+)"
    r"|\w+(?:<\w+>)?[ ]\w+[ ]=[ ][^\n]{0,200};[ \t]*$|[^\n]{0,200}\bnew[ ](?:Spark|JavaSpark))",
    re.MULTILINE,
)
"""Lines that only one of the languages has; Scala's and Java's together."""

_BACKTICKS = re.compile(r"\b(?:const|let|var)[ ]|=>|\brequire\(|\bprocess\.env\b|\bfunction[ (]")
"""Of JavaScript, whose texts between backticks are filled in."""
_KOTLIN = re.compile(r"\bfun\s+\w+\s*[(<]|\?:|\b(?:mapOf|listOf|arrayOf)\(|\.orCreate\b|^def\s+\w+\s*=", re.MULTILINE)
"""Of Kotlin and Groovy, which fill in every text in double quotes."""
_DOLLARS = re.compile(r"<\?php|^[ \t]*(?:my |our |local )?\$\w+\s*=", re.MULTILINE)
"""Of PHP and Perl, which do the same with names behind a dollar."""
_WITH_SLASHES = re.compile(r"^(?:package \w+|func |const \(|import \{)", re.MULTILINE)
"""Programs whose remarks begin with two slashes, which are Python's division otherwise."""


@record
class Token:
    """One token: for a string or a number ``text`` is what it comes to, or None where only a run would tell."""

    kind: str
    text: str | None
    line: int
    template: str = ""
    """The body of a string that is filled in, as ``f"{mem}g"`` or ``s"${mem}g"``."""


@lru_cache(maxsize=4)  # the form, its reader and the reader of its tokens ask it of one text
def language(text: str) -> str:
    r"""``scala``, ``python``, or empty where the text could be either.

    A sign may stand in a remark or a text: whole lines of another language outweigh it.

    >>> language("val c = new SparkConf()"), language("SparkConf().set('a', 'b')"), language('.config("a", "b")')
    ('scala', 'python', '')
    >>> language("from pyspark import SparkConf\n# 28 -> 14"), language("library(sparklyr)\n# settings -> more")
    ('python', '')
    """
    if _SCALA_SIGNS.search(text) and not _JAVASCRIPT.search(text):
        others = {"python": len(_PYTHON_LINES.findall(text)), "": len(_R_LINES.findall(text))}
        most = max(others, key=lambda name: others[name])
        return most if others[most] > len(_SCALA_LINES.findall(text)) else "scala"
    return "python" if _PYTHON_SIGNS.search(text) else ""


def written_in(text: str) -> str:
    """The same of a text that people may have written around a program: an apostrophe alone is no sign of Python.

    >>> written_in("I don't know what .set(a, b) does"), written_in("conf.set('a', 'b')")
    ('', 'python')
    """
    told = language(text)
    return told if told != "python" or _TELLS_PYTHON.search(text) else ""


def tokens(text: str, any_language: bool = False) -> list[Token]:
    """The tokens of the text without blanks and comments; a string that is not closed ends with its line."""
    return _Reader(text, any_language).tokens()


class _Reader:
    def __init__(self, text: str, any_language: bool) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.scala = not any_language and language(text) == "scala"
        self.slashes = self.scala or bool(_WITH_SLASHES.search(text))
        self.backticks = "`" in text and not self.scala and bool(_BACKTICKS.search(text))
        self.filled_in = "$" in text and bool(_KOTLIN.search(text) or _DOLLARS.search(text))
        self.python = not any_language and (language(text) == "python" or not _STATEMENTS.search(text))
        self.found: list[Token] = []

    def tokens(self) -> list[Token]:
        while match := _TOKEN.match(self.text, self.at):
            kind = str(match.lastgroup)
            if self.backticks and match[0] == "`":
                self._backticks(match.end())
            elif kind == "slashes" and self.found and self._divides(match):
                self._add(PUNCTUATION, "//", match.start() + 2)  # Python's division
            elif kind == "hash" and self.scala:
                self._add(PUNCTUATION, "#", match.start() + 1)
            elif match["quote"]:
                self._string(match)
            elif kind in ("blank", "newline", "hash", "slashes", "block"):
                self._go(match.end())
            elif kind == "number":
                self._add(NUMBER, self._number(match[0]), match.end())
            else:
                self._add(NAME if kind == "name" else PUNCTUATION, match[0], match.end())
        return self.found

    def _divides(self, match: re.Match[str]) -> bool:
        """Whether two slashes are Python's division and begin no remark."""
        last = self.found[-1]
        if self.slashes or last.line != self.line:
            return False
        return last.kind in (NAME, NUMBER) or (last.text == ")" and self.python and bool(_DIVISOR.match(match[0])))

    def _backticks(self, start: int) -> None:
        end = self.text.find("`", start)
        body = self.text[start : end if end >= 0 else len(self.text)]
        holes = "${" in body
        self._add(STRING, None if holes else body.replace("\\\n", "\n"), start + len(body) + 1, body if holes else "")

    def _add(self, kind: str, text: str | None, end: int, template: str = "") -> None:
        self.found.append(Token(kind, text, self.line, template))
        self._go(end)

    def _go(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def _string(self, match: re.Match[str]) -> None:
        prefix, quote = match["prefix"].lower(), match["quote"]
        if self.scala and quote[0] == "'":
            self._add(PUNCTUATION, "'", match.end())  # a character or a symbol
            return
        raw = "r" in prefix or (self.scala and len(quote) == 3)
        start, end = match.end(), self._end(match.end(), quote, raw and self.scala)
        body = self.text[start:end]
        closed = self.text.startswith(quote, end)
        sharp = bool(self.found) and self.found[-1].text == "$" and self.text[match.start() - 1] == "$"  # of C#
        if sharp:
            self.found.pop()
        filled_in = (not self.scala and "f" in prefix and "{" in body) or (self.scala and bool(prefix) and "$" in body)
        filled_in |= (self.filled_in and quote[0] == '"' and "$" in body) or (sharp and "{" in body)
        filled_in |= "#{" in body and quote[0] == '"' and not self.scala
        known = closed and not filled_in and "b" not in prefix.replace("raw", "")
        plain = body if raw else _unescaped(body, self.scala)
        self._add(STRING, plain if known else None, end + len(quote) * closed, body if filled_in and closed else "")

    def _end(self, start: int, quote: str, no_escapes: bool) -> int:
        """Where the closing quote stands; else the end of the line, or of the text under triple quotes."""
        pattern = quote if no_escapes else rf"\\.|{quote}"
        if len(quote) == 1:
            pattern += r"|\n"
        for match in re.compile(pattern, re.DOTALL).finditer(self.text, start):
            if match[0][0] != "\\":
                return match.start()
        return len(self.text)

    def _number(self, text: str) -> str | None:
        plain = text.replace("_", "")
        if plain[-1] == "L" or (self.scala and plain[-1] == "l"):  # also of R
            plain = plain[:-1]
        if re.fullmatch(r"0|[1-9][0-9]{0,30}|[0-9]{1,9}[kmgtKMGT]", plain):  # a size where a name was filled in
            return plain
        return repr(float(plain)) if re.fullmatch(r"[0-9]{1,12}\.[0-9]{1,12}", plain) else None


def _unescaped(body: str, scala: bool) -> str | None:
    """The text of a string's body; None for an escape whose meaning is not in the text itself."""
    if "\\" not in body:
        return body
    if not scala and _NAMED.search(body):
        return None

    def meant(match: re.Match[str]) -> str:
        newline, short, long, pair, octal, letter = match.groups()
        if newline:
            return ""
        if short or long or pair or octal:
            code = int(octal, 8) if octal else int(short or long or pair, 16)
            return chr(code) if code < 0x110000 else "\ufffd"
        return _LETTERS.get(letter, match[0])

    return _ESCAPE.sub(meant, body)
