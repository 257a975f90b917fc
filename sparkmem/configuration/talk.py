"""Threads and posts: what runs, as somebody says, against what somebody advises or what was before, which sets nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from sparkmem.configuration.clue import holds
from sparkmem.configuration.fields import size_in_words
from sparkmem.configuration.setting import Ignored

ADVICE, ANSWER, PAST, NOW, PLAIN = "advice", "answer", "past", "now", ""
_REASONS = {
    ADVICE: "advice in a talk: the text says elsewhere what runs",
    ANSWER: "advice in an answer: the question says what runs",
    PAST: "what was before: the text says elsewhere what runs now",
}
_SETTING = re.compile(
    r"(?:--(?:conf|executor-[a-z]{3,9}|driver-[a-z]{3,9}|num-executors|total-executor-cores)"
    r"|(?<![\w.])spark\.[a-z][\w.]{4,80})"
    r"(?=[\s=:`'\"*]{1,6}[\w`'\"*])"
)
_KEYS = re.compile(r"--(?:executor|driver)-(?:memory|cores)|--num-executors|spark\.[a-z][\w.]{4,80}")
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.!?;](?!\s|$)|\b(?:e\.g|z\.B|i\.e|vs)\.)+[.!?;]*")
_WORD = re.compile(r"(?<![\w.$/=-])[^\W\d_]{2,}['’]?[a-z]{0,2}(?![\w=/-]|\.\w)")
_FEWEST_WORDS = 3
_REMARK = re.compile(r"[ \t]*(?:#(?!\w)|//|--[ \t]|;|<!--|rem\b)")
_ADVICE = re.compile(
    r"(?i)\b(?:try|trying|should|could|would|might|i['’]d|we['’]d|you['’]d|better|consider|recommend\w*|suggest\w*|bump|raise"
    r"|increase|lower|reduce|give it|go (?:for|with|to)|e\.?g|how about|what about|why not|what if|let['’]?s"
    r"|will (?:try|set)"
    r"|going to|gonna|plan(?:ning)? to|maybe|perhaps|you (?:need|have|want) to|make it|set it|change it|put"
    r"|würde|solltes?t?|solltet|probier\w*|versuch\w*|nimm|nehmt|setz\w?|erhöh\w*|vielleicht|könntes?t?|z\.?b"
    r"|essaie\w?|essayez|devrais|devriez|il faut|faudrait|mets|mettez|augmente\w?|peut-être"
    r"|prueba|deber[ií]as?|sube|pon|intenta|quiz[aá]s?|tal vez)\b"
)
_ADVISING = (
    "try", "ould", "might", "'d", "’d", "better", "consider", "recommend", "suggest", "bump", "raise", "increase", "lower",
    "reduce", "give it", "go ", "eg", "e.g", "about", "why not", "what if", "let", "will ", "going to", "gonna", "plan",
    "maybe", "perhaps", "you ", " it", "put", "würde", "sollt", "probier", "versuch", "nimm", "nehmt", "setz", "erhöh",
    "vielleicht", "könnt", "zb", "z.b", "essa", "devr", "il faut", "faudrait", "mets", "mettez", "augmente", "peut-être",
    "prueba", "deber", "sube", "pon", "intenta", "quiz", "tal vez",
)  # fmt: skip
"""Letters of which some stand in all advice, in small ones."""
_PAST = re.compile(
    r"(?i)\b(?:before|used to|previously|earlier|formerly|originally|initially|until|last (?:week|month|year|time)"
    r"|yesterday|back then|in the past|no longer|at first|old (?:job|settings?|values?|config)"
    r"|vorher|früher|bisher|gestern|zuerst|damals|avant|auparavant|hier|d['’]abord|antes|ayer|al principio)\b"
)
_BEFORE = (
    "before", "used to", "previously", "earlier", "formerly", "originally", "initially", "until", "last ", "yesterday",
    "back then", "in the past", "no longer", "at first", "old ", "vorher", "früher", "bisher", "gestern", "zuerst", "damals",
    "avant", "auparavant", "hier", "abord", "antes", "ayer", "al principio",
)  # fmt: skip
"""The same of what was before."""
_NOW = re.compile(
    r"(?i)\b(?:now|currently|today|at the moment|right now|these days"
    r"|(?:we|i|they|it|job) (?:runs?|uses?|submit|start|launch)|(?:we|i)['’]?(?:re| are|m| am) (?:running|using|on|at)"
    r"|(?:running|runs|submitted|started|launched|submit) (?:it )?with"
    r"|(?:our|my) (?:job|command|settings?|config(?:uration)?|submit)|jetzt|aktuell|derzeit|zurzeit|momentan|läuft"
    r"|(?:wir|ich) (?:fahren|fahre|nutzen|nutze|haben|habe|starten|starte)"
    r"|maintenant|actuellement|on (?:lance|tourne|utilise)"
    r"|(?:nous|je) (?:lançons|lance|utilisons|utilise)|ahora|actualmente|usamos|corremos|lanzamos)\b"
)
_RUNNING = (
    "now", "currently", "today", "at the moment", "these days", "we ", "we'", "we’", "were ", "wem ", "i ", "i'", "i’",
    "ire ", "im ", "they ", "it ", "job ", " with", "our ", "my ", "jetzt", "aktuell", "derzeit", "zurzeit", "momentan",
    "läuft", "wir ", "ich ", "maintenant", "actuellement", "on ", "nous ", "je ", "ahora", "actualmente", "usamos",
    "corremos", "lanzamos",
)  # fmt: skip
"""The same of what runs."""
_SPEAKER = re.compile(
    r"(?m)^[ \t>]{0,4}(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?[ \t]+<?@?[\w.-]{2,30}>?:?(?=[ \t]|$)"
    r"|@?[\w.-]{2,30}(?: [\w.]{1,20})?,?[ \t]{1,4}[\[(]?"
    r"(?:today at |yesterday at )?\d{1,2}:\d{2}[ \t]?(?:AM|PM|am|pm)?[\])]?:?[ \t]*$"
    r"|<@?[\w.-]{2,30}>[ \t]|@?[A-Za-z][\w.-]{1,29}:[ \t]+(?=[^\W\d_]{2,}[ ,'’])"
    r"|(?:On|Am|Le|El) [^\n]{5,80}(?:wrote|schrieb|écrit|escribió)[^\n]{0,40}:[ \t]*$"
    r"|[\w.@ -]{2,40} (?:answered|commented|replied|asked|posted|schrieb|wrote)\b)"
)
_ANSWERS = re.compile(
    r"(?im)^[ \t#*=_>-]{0,12}(?:(?:\d{1,3}[ ])?(?:answers?|replies|antworten?|réponses?|respuestas?)(?: \(\d{1,3}\))?"
    r"|(?:accepted|best|top) (?:answer|solution)|answer (?:by|from) [^\n]{1,40}|answer \d{1,2})"
    r"(?:[ \t]{1,9}sorted by[^\n]{0,60})?[ \t]{0,3}[:.]?[ \t#*=_-]{0,80}$"
)
"""The head of the answers on a page of questions: what stands below it is what others advise."""
_OF_A_PAGE = re.compile(r"(?i)\b(?:environment (?:tab|page)|(?:spark|web) ?ui|getconf\w*|conf\.get\w*)\b")
_COMMAND = re.compile(
    r"\b(?:spark-submit|spark-shell|spark-sql|pyspark|sparkR)[ \t]{1,9}(?!(?:with|using|and|mit|avec|con|like)\b)"
)
_LONGEST, _MOST_LINES, _LONGEST_TALK = 1500, 4000, 200_000


@dataclass(frozen=True)
class _Said:
    line: int
    start: int
    end: int
    kind: str
    keys: frozenset[str]


class Talk:
    """What a text says of what runs, each asked once.

    >>> talk = Talk("We run with --executor-memory 6g now.\\nYou should try --executor-memory 10g.")
    >>> talk.heard.split("\\n"), [one.line for one in talk.left_out]
    (['--executor-memory 6g', ''], [2])
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def heard(self) -> str:
        """The text without advice and what is past, and with the options of each sentence alone; as many lines as before."""
        text = self.without_advice
        return "\n".join(map(_options_alone, text.split("\n"))) if self._sayings else text

    @cached_property
    def without_advice(self) -> str:
        """The text without advice and what is past, line for line, where it says what runs."""
        if not self._unheard:
            return self.text
        lines = self.text.split("\n")
        for one in self._unheard:
            lines[one.line] = lines[one.line][: one.start] + lines[one.line][one.end :]
        return "\n".join(lines)

    @property
    def left_out(self) -> tuple[Ignored, ...]:
        """What is left out of it, by name."""
        return tuple(Ignored(one.line + 1, key, _REASONS[one.kind]) for one in self._unheard for key in sorted(one.keys))

    @cached_property
    def has_answers(self) -> bool:
        """Whether others than who asks speak in it."""
        return bool(self._has_speakers or self._in_answers)

    @cached_property
    def _unheard(self) -> list[_Said]:
        """Sentences of advice and of the past, from the end of the text, where others say what runs."""
        said = (*self._sayings, *self._in_answers)
        now = frozenset(key for one in said if one.kind in (NOW, PLAIN) for key in one.keys)
        found = [
            one
            for one in said
            if one.kind == ANSWER
            or (one.kind == ADVICE and now and (self._tells_now or self._has_speakers))
            or (one.kind == PAST and self._tells_now and one.keys & now)
        ]
        return sorted(found, key=lambda one: (one.line, one.start), reverse=True)

    @cached_property
    def _sayings(self) -> list[_Said]:
        """Sentences with settings, where the text is a talk or tells what runs."""
        return self._said if self._tells_now or self._has_speakers else []

    @cached_property
    def _in_answers(self) -> list[_Said]:
        """The lines below the head of the answers, where settings stand above it as well."""
        head = _ANSWERS.search(self.text) if self._may_be else None
        if head is None or not _KEYS.search(self.text, 0, head.start()):
            return []
        first = self.text.count("\n", 0, head.end())
        below = enumerate(self.text.split("\n")[first + 1 :][:_MOST_LINES], first + 1)
        return [_Said(at, 0, len(line), ANSWER, frozenset(_KEYS.findall(line))) for at, line in below if line.strip()]

    @property
    def _may_be(self) -> bool:
        return len(self.text) <= _LONGEST_TALK and ("--" in self.text or "spark." in self.text)

    @cached_property
    def _said(self) -> list[_Said]:
        return _sayings(self.text) if self._may_be else []

    @cached_property
    def _tells_now(self) -> bool:
        return any(one.kind == NOW for one in self._said)

    @cached_property
    def _has_speakers(self) -> bool:
        """Whether several take part in it."""
        return bool(self._said) and len({match[0].strip().lower() for match in _SPEAKER.finditer(self.text[:100_000])}) > 1


def _sayings(text: str) -> list[_Said]:
    """Sentences with settings; settings alone are said as the line above says."""
    found: list[_Said] = []
    above = ""
    for number, line in enumerate(text.split("\n")[:_MOST_LINES]):
        leads_on = line.rstrip().endswith(":")
        if not (above or leads_on or "--" in line or "spark." in line) or len(line) > _LONGEST or _REMARK.match(line):
            continue
        words = len(_WORD.findall(_SETTING.sub(" ", line)))
        if words < _FEWEST_WORDS and not (words and holds(line.lower(), _ADVISING) and _ADVICE.search(line)):
            if above and (keys := _KEYS.findall(line)):
                found.append(_Said(number, 0, len(line), above, frozenset(keys)))
            elif words and not line.strip().startswith("`"):
                above = ""
            continue
        above = ""
        for sentence in _SENTENCE.finditer(line):
            setting = _SETTING.search(sentence[0])
            if setting:
                now = holds(sentence[0].lower(), _RUNNING) and _NOW.search(sentence[0])
                kind = kind_of(sentence[0][: setting.start()]) or (NOW if now else PLAIN)
                found.append(_Said(number, sentence.start(), sentence.end(), kind, frozenset(_KEYS.findall(sentence[0]))))
            if leads_on and line[: sentence.end()].rstrip() == line.rstrip():
                above = kind if setting else kind_of(sentence[0])
    return found


def kind_of(words: str) -> str:
    """How a sentence speaks, by its words before a setting; the nearest decides."""
    small = words.lower()
    near = [(kind, told) for kind, letters, told in _KINDS if holds(small, letters)]
    last = [(match.end(), kind) for kind, told in near for match in told.finditer(words)]
    return max(last)[1] if last else PLAIN


_KINDS = ((ADVICE, _ADVISING, _ADVICE), (PAST, _BEFORE, _PAST), (NOW, _RUNNING, _NOW))


def _options_alone(line: str) -> str:
    """The options of a sentence without its words, which would be the application for spark-submit."""
    if "--" not in line or len(line) > _LONGEST or _COMMAND.search(line) or not _SETTING.search(line) or _REMARK.match(line):
        return line
    if len(_WORD.findall(_SETTING.sub(" ", line))) < _FEWEST_WORDS or _OF_A_PAGE.search(line):
        return line
    from sparkmem.configuration.any_text import pairs_of  # here: most texts are no talk

    options: list[str] = []
    for key, name, told_value, _ in pairs_of(line):
        value = size_in_words(told_value) if " " in told_value else told_value
        if " " in value:
            return line
        options.append(f"{name} {value}" if name.startswith("--") else f"--conf {key}={value}")
    return " ".join(options) or line
