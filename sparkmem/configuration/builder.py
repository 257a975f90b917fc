"""Lines of a ``SparkConf`` or of a session's builder, in Python or Scala; written as a builder in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sparkmem.configuration.carried import MASTERS, safe_name
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.found import Found
from sparkmem.configuration.literals import NAME, NUMBER, PUNCTUATION, STRING, Token, language, tokens
from sparkmem.spark.settings.keys import misspelt

FORMAT = "session-builder"

_METHODS = ("config", "set", "setIfMissing", "setAll", "setMaster", "master", "setSystemProperty")
_CALL = re.compile(rf"\.\s*(?:{'|'.join(_METHODS)})\s*\(")
_SESSIONS = ("spark", "session", "sparkSession", "spark_session")
_TOO_LATE = "too late where spark-submit starts the driver: it has to be among the options of the command"
_MOST_TOKENS = 40


def looks_like(text: str) -> bool:
    """Whether a method that sets something is called."""
    return bool(_CALL.search(text))


def read(text: str) -> Configuration:
    """The settings that the calls make."""
    return _Reading(text).read()


class _Reading:
    def __init__(self, text: str) -> None:
        self.found = Found(FORMAT)
        self.tokens = tokens(text)
        self.closing = _closing(self.tokens)
        written_in = language(text)
        self.found.know(language={"scala": "jvm", "python": "python"}.get(written_in, ""))

    def read(self) -> Configuration:
        at = 0
        while at < len(self.tokens):
            at = self._call(at) if self._is_call(at) else at + 1
        for key in ("spark.driver.memory", "spark.driver.extraJavaOptions", "spark.driver.memoryOverhead"):
            if key in self.found.settings:
                self.found.remark(self.found.settings[key].line, key, _TOO_LATE)
        return self.found.configuration()

    def _is_call(self, at: int) -> bool:
        name = self.tokens[at]
        return (
            name.kind == NAME
            and name.text in _METHODS
            and self._text(at - 1) == "."
            and self._text(at + 1) == "("
            and at + 1 in self.closing
        )

    def _text(self, at: int) -> str | None:
        return self.tokens[at].text if 0 <= at < len(self.tokens) and self.tokens[at].kind in (NAME, PUNCTUATION) else None

    def _call(self, at: int) -> int:
        """Take what one call sets; where to look on."""
        method, end = self.tokens[at], self.closing[at + 1]
        if self._text(end) != ")":
            self.found.ignore(method.line, f".{method.text}(", "not closed")
            return at + 2
        arguments = list(self._arguments(at + 2, end))
        if method.text in ("master", "setMaster"):
            self._master(method, arguments)
        elif method.text == "setAll" or (len(arguments) == 1 and self._holds_pairs(arguments[0])):
            self._pairs(method, at + 2, end)
            return end
        elif len(arguments) == 2:
            self._pair(method, arguments[0], arguments[1], self._on_session(at))
        return at + 2

    def _arguments(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each argument begins and ends; brackets inside are stepped over."""
        begun = at = start
        while at < end:
            if self._text(at) == ",":
                yield begun, at
                begun = at + 1
            at = self.closing.get(at, at) + 1
        if begun < end:
            yield begun, end

    def _value(self, start: int, end: int) -> str | None:
        """The text that an argument comes to, where it is a literal or a sum of literals."""
        if not 0 < end - start <= _MOST_TOKENS:
            return None
        words = self.tokens[start:end]
        if words[0].kind == STRING:
            parts = [word.text for word in words if word.kind == STRING]
            rest = [word.text for word in words if word.kind != STRING]
            return None if any(word != "+" for word in rest) or None in parts else "".join(map(str, parts))
        sign = "-" if len(words) == 2 and words[0].text == "-" else ""
        if words[-1].kind == NUMBER and len(words) == 1 + len(sign):
            return None if words[-1].text is None else sign + words[-1].text
        named = words[0].text if len(words) == 1 else ""
        return {"True": "true", "False": "false", "true": "true", "false": "false"}.get(str(named))

    def _pair(self, method: Token, key: tuple[int, int], value: tuple[int, int], on_session: bool) -> None:
        name, text = self._value(*key), self._value(*value)
        if name is None:
            self.found.ignore(method.line, f".{method.text}(…, …)", "the key is no plain text: only a run would tell")
        elif method.text != "config" and not name.startswith("spark.") and not misspelt(name):
            return  # a set of something else
        elif on_session and not name.startswith("spark.sql."):
            self.found.ignore(method.line, safe_name(name), "set on a running session, where Spark refuses to change it")
        elif text is None:
            reason = "the value is no plain text or number: only a run would tell"
            self.found.ignore(method.line, safe_name(name), reason)
        else:
            self.found.setting(name, text, method.line, keep=method.text == "setIfMissing")

    def _on_session(self, at: int) -> bool:
        """Whether the call is ``spark.conf.set``."""
        return [self._text(at - step) for step in (1, 2, 3)] == [".", "conf", "."] and self._text(at - 4) in _SESSIONS

    def _master(self, method: Token, arguments: list[tuple[int, int]]) -> None:
        url = self._value(*arguments[0]) if len(arguments) == 1 else None
        if url is None:
            self.found.ignore(method.line, "spark.master", "the value is no plain text: only a run would tell")
        else:
            self.found.master(url, method.line)

    def _holds_pairs(self, argument: tuple[int, int]) -> bool:
        """Whether an argument is a dictionary or a Map, or one ``key -> value``."""
        words = [word.text for word in self.tokens[argument[0] : min(argument[0] + 4, argument[1])]]
        return "{" in words or "Map" in words or "->" in words

    def _pairs(self, method: Token, start: int, end: int) -> None:
        """Take each ``(key, value)``, ``key: value`` or ``key -> value`` of a collection."""
        taken = 0
        for at in range(start, end - 2):
            key, between = self.tokens[at], self._text(at + 1)
            if key.kind != STRING or between not in (",", ":", "->") or self._text(at - 1) not in ("(", ",", "{", "["):
                continue
            if between == "," and self._text(at - 1) != "(":
                continue
            stop = at + 2
            while stop < end and self._text(stop) not in (",", ")", "}", "]") and stop - at <= _MOST_TOKENS:
                stop = self.closing.get(stop, stop) + 1
            taken += 1
            self._pair(Token(NAME, "config", key.line), (at, at + 1), (at + 2, stop), False)
        if not taken:
            self.found.ignore(method.line, f".{method.text}(…)", "no pairs are written out here: only a run would tell")


def _closing(found: list[Token]) -> dict[int, int]:
    """Where the bracket that each opening bracket waits for stands; the end of the text where there is none."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for at, token in enumerate(found):
        if token.kind == PUNCTUATION and token.text in ("(", "[", "{"):
            opened.append(at)
        elif token.kind == PUNCTUATION and token.text in (")", "]", "}") and opened:
            ends[opened.pop()] = at
    return ends | {at: len(found) for at in opened}


def write(configuration: Configuration) -> str:
    """A builder in Python that makes the same settings."""
    known = configuration.circumstances
    if known.deploy_mode == "cluster":
        raise ConfigurationError("a builder cannot choose the deploy mode cluster: spark-submit's --deploy-mode does")
    if known.language not in ("", "python"):
        raise ConfigurationError(f"the application is written for {known.language}, and this builder is Python's")
    lines = [f"    .master({_literal(MASTERS[known.cluster_manager])})"] if known.cluster_manager else []
    for setting in configuration.settings:
        lines.append(f"    .config({_literal(setting.key)}, {_literal(setting.value)})")
    body = "\n".join(["    SparkSession.builder", *lines, "    .getOrCreate()"])
    return f"from pyspark.sql import SparkSession\n\nspark = (\n{body}\n)\n"


def _literal(text: str) -> str:
    """The text as a string of Python's."""
    escaped = "".join(
        {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(c)
        or (c if c.isprintable() else f"\\U{ord(c):08x}" if ord(c) > 0xFF else f"\\x{ord(c):02x}")
        for c in text
    )
    return f'"{escaped}"'
