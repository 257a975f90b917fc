"""Lines of a ``SparkConf`` or of a session's builder, in Python, Scala, Java or R; written as a builder in Python."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.branches import Branches
from sparkmem.configuration.builder_calls import BuilderCalls
from sparkmem.configuration.builder_text import literal, write
from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.found import LAUNCHED, OF_THE_DRIVERS_JVM, TOO_LATE, Found
from sparkmem.configuration.literals import NAME, STRING, Token, written_in
from sparkmem.configuration.lost import BY_LAUNCHER, LOST, SET_TOO_LATE
from sparkmem.configuration.pairs import Pairs
from sparkmem.configuration.passed_over import ONLY_A_RUN, OTHER_SESSION
from sparkmem.configuration.program import Program
from sparkmem.configuration.sessions import METHODS, Sessions
from sparkmem.configuration.setting import Lost, Setting
from sparkmem.spark.settings.keys import misspelt

__all__ = ["FORMAT", "looks_like", "read", "write"]

FORMAT = "session-builder"

_CALL = re.compile(rf"\.\s*(?:{'|'.join(METHODS)})\s*\(")
_CONFIGURES = re.compile(
    r"^[ \t]*(?:In ?\[\d*\]:[ \t]*)?%%configure\b|spark-context-initialization-mode[\"',\s=]{1,20}eager\b", re.MULTILINE
)
"""A magic that starts a notebook's session, and a kernel of Jupyter's Enterprise Gateway that makes it before any cell.

The mode is of the launchers' (``etc/kernel-launchers/python/scripts/launch_ipykernel.py`` of enterprise_gateway).
"""
_BY_DEFAULT = "where nothing else is given: the default in the text is taken"


def looks_like(text: str) -> bool:
    """Whether a method that sets something is called."""
    return bool(_CALL.search(text))


def read(text: str) -> Configuration:
    """The settings that the calls make, and those that stand in other ways in the same program."""
    return _Reading(text).read()


_EARLIER = "set it before the session is made, in the builder, the command or spark-defaults.conf"
_AT_THE_SERVER = "give it to start-connect-server.sh, as an option or in the server's spark-defaults.conf"
_OF_A_CLIENT = "set in a client of Spark Connect, whose server has its driver and executors already"


def _by_launcher(one: Lost) -> Lost:
    """What is lost by a key that the launcher refuses (``AbstractLauncher.setConf``); anything else as it is."""
    if one.key.startswith("spark.") or one.id not in ("key-misspelt", "no-such-key"):
        return one
    said, see = LOST[BY_LAUNCHER]
    return Lost(BY_LAUNCHER, one.line, one.key, said.format(given=one.key), one.write, see)


class _Reading:
    def __init__(self, text: str) -> None:
        self.found = Found(FORMAT)
        self.found.branches = Branches(text)
        self.program = Program(text)
        self.tokens, self.closing, self._text = self.program.tokens, self.program.closing, self.program.text
        self.seen: set[int] = set()
        self.remote = False
        self.sessions = Sessions(self.program)
        configured = _CONFIGURES.search(text)
        self.begun_below = text.count("\n", 0, configured.end()) + 1 if configured else 0
        """The line of what starts the session of a notebook, 0 without one."""
        self.calls = BuilderCalls(self.program)
        self.left_out: frozenset[int] = frozenset()
        self.others: list[Setting] = []
        """What sessions on another cluster manager set, of which one is read."""
        self.launches = "SparkLauncher" in text  # which runs spark-submit itself
        self.found.know(language={"scala": "jvm", "python": "python"}.get(written_in(text), ""))

    def read(self) -> Configuration:
        self.left_out = self.calls.on_other_managers()
        at = 0
        while at < len(self.tokens):
            at = self._call(at) if self.calls.is_call(at) else at + 1
        for key in OF_THE_DRIVERS_JVM:
            if key in self.found.settings:
                self.found.remark(self.found.settings[key].line, key, LAUNCHED if self.launches else TOO_LATE)
        self.found.apart(self.others, {key: one.value for key, one in self.found.settings.items()}, alone=True)
        if self.launches:
            self.found.losses[:] = [_by_launcher(one) for one in self.found.losses]
        others = Pairs(self.program, self.seen, branches=self.found.branches).read()
        return combined([*map(self._without_what_it_sets, others), self.found.configuration()])

    def _without_what_it_sets(self, other: Configuration) -> Configuration:
        """The same without names whose values a call sets: a field called driverMemory is no setting beside it."""
        if other.format != "code":
            return other
        own = self.found.settings
        same = [one for one in other.settings if one.key in own and one.value == own[one.key].value]
        return other.without(*(one.key for one in same if not one.written_as.startswith(("spark.", "-"))))

    def _call(self, at: int) -> int:
        """Take what one call sets; where to look on."""
        method, end = self.tokens[at], self.closing[at + 1]
        if self._text(end) != ")":
            self.found.ignore(method.line, f".{method.text}(", "not closed")
            return at + 2
        arguments = list(self.program.arguments(at + 2, end))
        if self.left_out and self.calls.chains.of(at) in self.left_out:
            self._other(method, arguments)
            return at + 2
        if method.text == "remote":
            self.found.say("master", "connect", method.line, ".remote")
            self.remote = True
        elif method.text in ("master", "setMaster"):
            self._master(method, arguments, self._is_late(at))
        elif method.text == "setAll" or (len(arguments) == 1 and self.calls.holds_pairs(arguments[0])):
            self._pairs(method, at + 2, end)
            return end
        elif method.text == "config" and len(arguments) == 1:
            self._whole(method, *arguments[0])
        elif len(arguments) == 2:
            self._pair(method, arguments[0], arguments[1], self.sessions.runs(at) or self._is_late(at))
        return at + 2

    def _is_late(self, at: int) -> bool:
        """Whether a builder's call comes when its session runs already, which ``getOrCreate`` then gives back as it is."""
        return 0 < self.begun_below < self.tokens[at].line or self.sessions.made_already(at)

    def _other(self, method: Token, arguments: list[tuple[int, int]]) -> None:
        """Keep what a call sets of a session that is not read."""
        self.found.ignore(method.line, f".{method.text}(", OTHER_SESSION)
        key = self.calls.key(*arguments[0]) if len(arguments) == 2 else None
        value = self.program.value(*arguments[1]) if key else None
        for start, end in arguments:
            self.seen.update(range(start, end))
        if key and value:
            self.others.append(Setting(key, value, method.line, key))

    def _whole(self, method: Token, start: int, end: int) -> None:
        """``config(conf=other)`` or ``config(other)``: a SparkConf that the text makes is read where it is made."""
        name = str(self.tokens[end - 1].text)
        if self.tokens[end - 1].kind == NAME and not self.program.constants.get(name):
            self.found.ignore(method.line, f".config({safe_name(name)})", f"settings made elsewhere: {ONLY_A_RUN}")

    def _pair(self, method: Token, key: tuple[int, int], value: tuple[int, int], on_session: bool) -> None:
        name, text = self.calls.key(*key), self.program.value(*value)
        self.seen.update(range(key[0], key[1]))
        if name is None:
            self.found.ignore(method.line, f".{method.text}(…, …)", f"the key is no plain text: {ONLY_A_RUN}")
        elif method.text == "addSparkArg":
            self.seen.difference_update(range(key[0], key[1]))  # options: read as a list of them
        elif method.text == "option":
            if carried(name) and not name.startswith("spark.sql."):
                self.found.ignore(method.line, safe_name(name), LOST["set-on-reader"][0])
                write = "set it in the session's builder, the command or spark-defaults.conf"
                self.found.lose("set-on-reader", method.line, name, write)
        elif method.text != "config" and not name.startswith("spark.") and not misspelt(name):
            return  # a set of something else
        elif method.text == "setExecutorEnv":
            self.found.ignore(method.line, safe_name(name), LOST["set-in-executor-env"][0])
            if carried(name):
                self.found.lose("set-in-executor-env", method.line, name, f"write .config({literal(name)}, …)")
        elif (on_session or self.remote) and not name.startswith("spark.sql."):
            self.found.ignore(method.line, safe_name(name), "set on a running session, where Spark refuses to change it")
            if carried(name):
                self.found.lose("set-on-running-session", method.line, name, _AT_THE_SERVER if self.remote else _EARLIER)
                if self.remote:
                    self.found.losses[-1] = replace(self.found.losses[-1], text=_OF_A_CLIENT)
        elif name in OF_THE_DRIVERS_JVM and self.sessions.after_a_stop(key[0]):
            self.found.ignore(method.line, safe_name(name), LOST[SET_TOO_LATE][0])
            self.found.lose(SET_TOO_LATE, method.line, name, "set it before the first session is made, which starts the JVM")
        elif text is None:
            self.found.ignore(method.line, safe_name(name), f"the value is no plain text or number: {ONLY_A_RUN}")
            if method.text != "setIfMissing" or name not in self.found.settings:
                self.found.displaced(name, method.line, ONLY_A_RUN)
        else:
            if any(at in self.program.defaulted for at in range(*value)):
                self.found.remark(method.line, safe_name(name), _BY_DEFAULT)
            self.found.setting(name, text, method.line, keep=method.text == "setIfMissing")

    def _master(self, method: Token, arguments: list[tuple[int, int]], late: bool) -> None:
        if late:
            self.found.ignore(method.line, "spark.master", LOST["set-on-running-session"][0])
            self.found.lose("set-on-running-session", method.line, "spark.master", "leave it out: the session has its own")
            return
        url = self.program.value(*arguments[0]) if len(arguments) == 1 else None
        url = url or self.calls.begun(arguments[:1])
        if url is None:
            self.found.ignore(method.line, "spark.master", f"the value is no plain text: {ONLY_A_RUN}")
        else:
            self.found.master(url, method.line)

    def _pairs(self, method: Token, start: int, end: int) -> None:
        """Take each ``(key, value)``, ``key: value`` or ``key -> value`` of a collection."""
        taken = 0
        for at in range(start, end - 2):
            key, between = self.tokens[at], self._text(at + 1)
            if key.kind != STRING or between not in (",", ":", "->") or self._text(at - 1) not in ("(", ",", "{", "["):
                continue
            if between == "," and self._text(at - 1) != "(":
                continue
            taken += 1
            stop = self.program.end_of(at + 2, end)
            self._pair(Token(NAME, "config", key.line), (at, at + 1), (at + 2, stop), False)
        named = self._text(start) in self.program.constants and end - start <= 3
        if not taken and not named:
            self.found.ignore(method.line, f".{method.text}(…)", f"no pairs are written out here: {ONLY_A_RUN}")
