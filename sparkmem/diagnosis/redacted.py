"""A text without what says whose it is: hosts, users, addresses and secrets, each replaced by the same word everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sparkmem.diagnosis import hosts

SECRETS = r"passw|secret|token|credential|(?:api|access|private)[-_.]?key"
"""What stands in names of what is secret."""
_NAMED = (
    ("SECRET", re.compile(
        rf"(?i)((?:pass|{SECRETS})[\w.-]{{0,40}}[\"']?\s{{0,3}}[=:]\s{{0,3}}"
        r"[\"']?)([^\s\"',;&]{3,400})"
    )),
    ("SECRET", re.compile(r"(?i)(\bBearer )([\w.~+/-]{8,4000}=*)")),
    ("USER", re.compile(r"(/(?:home|Users|user)/)([\w.@-]{1,80})")),
    ("USER", re.compile(
        r"(?i)(\b(?:user(?:name)?|owner|ugi|proxyuser)[\"']?\s{0,3}[=:]\s{0,3}[\"']?)"
        r"(?![0-9]{1,9}[.,][0-9]{2} )([\w.@-]{2,80})"
    )),
    ("USER", re.compile(r"(modify acls to: |view acls to: )([\w.@-]{1,80})")),
    ("BUCKET", re.compile(r"(\b(?:s3[an]?|gs|wasbs?|abfss?|adl|oss|cosn)://)([^\s/\"',)\]]{1,200})")),
)  # fmt: skip
_BARE = (
    ("SECRET", re.compile(
        r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]{10,2000}\.[\w-]{5,2000}\.[\w-]{5,2000}|\bgh[pousr]_\w{20,80}\b"
        r"|\bdapi[0-9a-f]{32}\b|\bxox[abp]-[\w-]{10,100}\b"
    )),
    ("USER", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b")),
    ("ADDRESS", re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.]*\w\.)(?!\w)")),
    ("ADDRESS", re.compile(r"(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}(?![\w:])")),
)  # fmt: skip


class Redaction:
    """Words in the place of names: ``HOST-1`` is the same host wherever it stands."""

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        self._words: dict[tuple[str, str], str] = {}
        self._count: dict[str, int] = {}
        told = {host.rpartition(":")[0] or host for host in hosts if len(host) > 2 or host[1:].isdigit()}
        names = sorted(told, key=len, reverse=True)
        self._hosts = re.compile("|".join(rf"(?<![\w.-]){re.escape(name)}(?![\w-])" for name in names)) if names else None

    def __call__(self, text: str) -> str:
        """The text, redacted.

        >>> Redaction(["worker-1"])("lost worker-1 (10.0.0.7), password=hunter2, /home/ada/x, java.io.IOException")
        'lost HOST-1 (ADDRESS-1), password=SECRET-1, /home/USER-1/x, java.io.IOException'
        """
        for kind, pattern in _NAMED:
            text = pattern.sub(self._kept(kind), text)
        for pattern in hosts.NAMED:
            text = pattern.sub(self._kept("HOST"), text)
        for kind, pattern in _BARE:
            text = pattern.sub(self._replaced(kind), text)
        for pattern in hosts.BARE:
            text = pattern.sub(self._replaced("HOST"), text)
        text = self._hosts.sub(self._replaced("HOST"), text) if self._hosts else text
        return hosts.NAME.sub(self._known, text)

    def word(self, kind: str, name: str) -> str:
        """What stands for a name."""
        if name.startswith(f"{kind}-"):
            return name
        if (kind, name) not in self._words:
            self._count[kind] = self._count.get(kind, 0) + 1
            self._words[kind, name] = f"{kind}-{self._count[kind]}"
        return self._words[kind, name]

    def _kept(self, kind: str) -> Callable[[re.Match[str]], str]:
        def hidden(match: re.Match[str]) -> str:
            name = match[2].rstrip(".")  # the end of a sentence
            return match[1] + (self.word(kind, name) if name else "") + match[2][len(name) :]

        return hidden

    def _known(self, name: re.Match[str]) -> str:
        """A host that was told from what stood around it is the same host where nothing does."""
        told = name[0].rstrip(".")
        is_a_word = told.isalpha()
        return (told if is_a_word else self._words.get(("HOST", told), told)) + name[0][len(told) :]

    def _replaced(self, kind: str) -> Callable[[re.Match[str]], str]:
        return lambda match: self.word(kind, match[0])
