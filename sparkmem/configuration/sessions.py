"""Which calls of a program are of a session that runs, where Spark refuses to change a setting of memory."""

from __future__ import annotations

from functools import cached_property

from sparkmem.configuration.literals import NAME
from sparkmem.configuration.program import Program

METHODS = (
    "config", "set", "setIfMissing", "setAll", "setMaster", "master", "setSystemProperty", "setExecutorEnv", "setConf",
    "addSparkArg", "remote", "option",
)  # fmt: skip
"""Methods that set something, on a SparkConf, a session's builder or a launcher."""
_SESSIONS = ("spark", "session", "sparkSession", "spark_session")
_CONTEXTS = ("sc", "jsc", "ctx", "sparkContext", "spark_context")
_MADE = ("SparkSession", "SparkContext", "JavaSparkContext")
_APART = ("def", "fun", "class", "object", "else", "elif", "if", "stop", "newSession", "case", "static", "void")
"""What makes two programs of what stands before it and behind it."""
_STOPS = ("stop",)
_MOST_CALLS = 60
_FARTHEST = 40


class Sessions:
    """The sessions and contexts of a program, by the names that it gives them."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.begun = {end: start for start, end in program.closing.items()}
        self.running = self._running()
        tokens = enumerate(program.tokens)
        again = (at for at, token in tokens if token.text in ("getOrCreate", "stop") or self._is_new(at))
        self.made = [at for at, token in enumerate(program.tokens) if token.text == "getOrCreate" or self._is_context(at)]
        """Where sessions and contexts are made."""
        self.last_made = max(again, default=-1)
        self.handed = self._handed()

    def runs(self, at: int) -> bool:
        """Whether the call is of a session that runs, as ``spark.conf.set``, or of a copy that its context gives away."""
        of = [name for name in self._called_on(at) if name not in METHODS]
        owner = of[1] if len(of) > 1 else ""
        if len(of) == 1 and self.handed.get(of[0], at) < at:
            return not self._is_followed(at)
        if of[:1] in (["getConf"], ["_conf"]):
            return (owner in _CONTEXTS or owner in self.running) and not self._is_followed(at)
        return of[:1] == ["conf"] and (owner in _SESSIONS or owner in self.running)

    def _called_on(self, at: int) -> list[str]:
        """The names that a call stands behind, the nearest first: ``getConf`` and ``sc`` of ``sc.getConf().set``."""
        names: list[str] = []
        while self.program.text(at - 1) == "." and len(names) < _MOST_CALLS:
            at -= 2
            at = self.begun.get(at, at + 1) - 1
            if at < 0 or self.program.tokens[at].kind != NAME:
                break
            names.append(str(self.program.tokens[at].text))
        return names

    def _running(self) -> set[str]:
        """The names to which the text gives a session or a context that runs, whatever they are."""
        found: set[str] = set()
        given = ""
        for at, token in enumerate(self.program.tokens):
            if self.program.text(at) == "=" and at > 0 and self.program.text(self.program.opener[at]) != "(":
                given = str(self.program.text(at - 1) or "")
                if given and self.program.text(at - 2) in _MADE:  # declared as one, as in Java
                    found.add(given)
            elif token.kind == NAME and (token.text == "getOrCreate" or self._is_new(at)) and given:
                found.add(given)
        return found

    def _handed(self) -> dict[str, int]:
        """The names of configurations of which a context was made, which copies them, and where it was."""
        found: dict[str, int] = {}
        text, closing = self.program.text, self.program.closing
        for at in range(len(self.program.tokens)):
            made = at + 2 if self._is_new(at) and text(at - 1) != "." else -1
            if text(at) == "getOrCreate" and text(at - 2) in _MADE:
                made = at + 2
            if made < 0 or text(made - 1) != "(":
                continue
            for _, end in self.program.arguments(made, min(closing[made - 1], made + _FARTHEST)):
                if self.program.tokens[end - 1].kind == NAME:
                    found.setdefault(str(text(end - 1)), at)
        return found

    def _is_new(self, at: int) -> bool:
        """Whether a context is made here."""
        text = self.program.text
        return text(at) in _MADE and text(at + 1) == "(" and text(at - 1) in ("=", "new", ".")

    def _is_context(self, at: int) -> bool:
        """Whether a context is made here by itself."""
        return self.program.text(at) in ("SparkContext", "JavaSparkContext") and self._is_new(at)

    def _is_followed(self, at: int) -> bool:
        """Whether a context is stopped or made below, which may take over what was set on the copy."""
        return self.last_made > at

    def made_already(self, at: int) -> bool:
        """Whether the call is of a builder after another made its session, which ``getOrCreate`` then gives back as it is.

        A context that was made before is the session's own too (``SparkSession.Builder.getOrCreate`` asks
        ``SparkContext.getOrCreate``), and keeps what it was made with.

        A definition, a class, a branch or an end between them makes two programs of them, of which this is one.
        """
        return self._after_one_made[at]

    def after_a_stop(self, at: int) -> bool:
        """Whether a session was made and stopped before, right above: Python keeps its JVM (``SparkContext._gateway``)."""
        return self._stopped[at]

    @cached_property
    def _stopped(self) -> list[bool]:
        """For each token whether a session was made and stopped before it, and nothing makes two programs of them."""
        found: list[bool] = []
        made = stopped = False
        places = set(self.made)
        for at, token in enumerate(self.program.tokens):
            found.append(stopped)
            if token.kind != NAME:
                continue
            if token.text in _APART and token.text not in _STOPS:
                made = stopped = False
            made = made or at in places
            stopped = stopped or (made and token.text in _STOPS)
        return found

    @cached_property
    def _after_one_made(self) -> list[bool]:
        """For each token whether a session was made before it, a builder follows upon that, and nothing parts the two."""
        found: list[bool] = []
        made = builder = apart = False
        places = set(self.made)
        for at, token in enumerate(self.program.tokens):
            found.append(made and builder and not apart)
            if token.kind != NAME:
                continue
            if at in places:
                made, builder, apart = True, False, False
            builder = builder or token.text == "builder"
            apart = apart or token.text in _APART
        return found
