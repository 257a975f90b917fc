"""sed, perl and awk that write settings into a file: the lines as they stand there afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from sparkmem.configuration import script, shell
from sparkmem.configuration.carried import carried, safe_name, shaped
from sparkmem.configuration.combine import combined
from sparkmem.configuration.configuration import Configuration, ConfigurationError
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.pattern_text import HOLE, Pattern
from sparkmem.configuration.piece import Piece, numbered
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.shell_variables import Variables
from sparkmem.configuration.submit_options import COMMANDS_LINE

FORMAT = "stream-edits"

_COMMAND = re.compile(r"(?:^|[\s;&|({/\"'])(g?sed|perl|[gmn]?awk)[ \t]+(?=[-'\"{/])", re.MULTILINE)
_MOST = 60
_LONGEST = 20_000
_ADDRESS = re.compile(r"[ \t\n;{}]*(?:(?:/((?:\\.|[^/\\\n]){0,400})/|[0-9]{1,9}|\$)[IM]?[ \t]*[,!]?[ \t]*){0,2}", re.DOTALL)
_INSERTED = re.compile(r"[aic][ \t]*(?:\\[ \t]*\n?)?[ \t]*((?:[^\n\\]|\\.){0,2000})", re.DOTALL)
_PAIRED = {"{": "}", "(": ")", "[": "]", "<": ">"}
_OF_AWK = re.compile(
    r"(?P<call>\bg?sub)\(\s*/(?P<pattern>(?:\\.|[^/\\\n]){1,400})/\s*,\s*\"(?P<written>(?:\\.|[^\"\\\n]){0,400})\""
    r"|\bprintf?\b[ (]*\"(?P<printed>(?:\\.|[^\"\\\n]){4,400})\""
    r"|(?:\$1\s*==\s*\"(?P<key>[^\"\n]{3,100})\"|/(?P<line>(?:\\.|[^/\\\n]){3,200})/)[^$\n]{0,40}"
    r"\$2\s*=\s*\"?(?P<value>[^\";}\n]{1,60})"
)
_KEY = re.compile(r"spark\.[A-Za-z][\w.-]{2,100}|--(?:[a-z]+-)?(?:memory|cores|executors)\b|SPARK_\w{3,40}")


def looks_like(text: str) -> bool:
    """Whether such a command is there, and none that starts a job."""
    return bool(_COMMAND.search(text)) and not COMMANDS_LINE.search(text)


def read(text: str) -> Configuration:
    """What the files hold afterwards; ``ConfigurationError`` where no setting is written."""
    from sparkmem.configuration.by_evidence import read_pieces  # here: it knows all forms, this one too

    found = read_pieces([*edited(text, script.assignments(text)[0]), *filter(None, [script.echoed(text)])], _MOST)
    if not found:
        raise ConfigurationError("sed, perl or awk that write no setting of Spark's")
    said = Found(FORMAT)
    for part in found:
        for setting in part.settings:
            said.remark(setting.line, safe_name(setting.key), "written into a file: it holds for what reads that file")
    return combined([*found, said.configuration()])


def edited(text: str, variables: Variables) -> list[Piece]:
    """The lines that such commands write, those of a file of defaults as one text, each other by itself."""
    pairs: list[tuple[str, int]] = []
    others: list[Piece] = []
    for line, match in numbered(islice(_COMMAND.finditer(text), _MOST), 1):
        command = next(shell.commands(text[match.start(1) : match.start(1) + _LONGEST], line, variables), None)
        for written, number in _written(command.words) if command else ():
            for one in written.split("\n"):
                if re.match(r"\s*spark\.", one):
                    pairs.append((one.strip(), number))
                elif _KEY.search(one):
                    others.append(Piece(one.strip(), [number]))
    lines = [number for _, number in pairs]
    return ([Piece("\n".join(pair for pair, _ in pairs), lines)] if pairs else []) + others


def _written(words: list[Word]) -> Iterator[tuple[str, int]]:
    name = words[0].text
    for word, extended in _expressions(name, words[1:]):
        of_awk = name.endswith("awk")
        found = _by_awk(word.text) if of_awk else _by_sed(word.text, extended, of_sed=name != "perl")
        for text, pattern in found:
            yield _line(text, pattern), word.line


def _expressions(name: str, words: list[Word]) -> Iterator[tuple[Word, bool]]:
    """The words that are programs: those after ``-e``, or the first that is no option."""
    extended = name == "perl"
    given = False
    for at, word in enumerate(words):
        option = word.text
        if name != "perl" and re.fullmatch(r"-[a-zA-Z]*[Er][a-zA-Z]*|--regexp-extended", option):
            extended = True
        if re.fullmatch(r"-[a-df-zA-Z]*e|--expression", option) and at + 1 < len(words) and not name.endswith("awk"):
            given = True
            yield words[at + 1], extended
        elif not given and not option.startswith("-") and (at == 0 or words[at - 1].text not in ("-F", "-v")) and option:
            yield word, extended
            return


def _by_sed(program: str, extended: bool, of_sed: bool) -> Iterator[tuple[str, Pattern | None]]:
    """Each text that is written, and the pattern of what stood there before or says on which line."""
    at = 0
    for _ in range(_MOST):
        address = _ADDRESS.match(program, at)
        at = address.end() if address else at
        where = Pattern(address[1], extended) if address and address[1] else None
        letter = program[at : at + 1]
        if letter == "s" and (parts := _substitution(program, at + 1)):
            before, written, at = parts
            pattern = Pattern(before, extended)
            named = pattern if _key_in(pattern.text) else where or pattern
            yield pattern.filled(written, of_sed), named
        elif letter in ("a", "i", "c") and of_sed and (inserted := _INSERTED.match(program, at)):
            at = inserted.end()
            yield inserted[1].replace("\\n", "\n").replace("\\", ""), where
        elif letter and letter in "dDpPgGhHnNxqQ=":
            at += 1
        else:
            return


def _substitution(program: str, at: int) -> tuple[str, str, int] | None:
    """The pattern and the replacement behind an ``s``, with whatever sign between them; where its flags end."""
    opener = program[at : at + 1]
    if not opener or opener.isalnum() or opener in " \n\\":
        return None
    closer = _PAIRED.get(opener, opener)
    pattern, at = _until(program, at + 1, closer)
    if opener != closer:
        while program[at : at + 1].isspace():
            at += 1
        at += 1
    written, at = _until(program, at, closer)
    flags = re.compile(r"[a-zA-Z0-9]*").match(program, at)
    return pattern, written, flags.end() if flags else at


def _until(program: str, at: int, closer: str) -> tuple[str, int]:
    """The text up to a sign that no backslash escapes, its own escapes taken off; where to go on."""
    parts: list[str] = []
    while at < len(program) and program[at] != closer:
        if program[at] == "\\" and program[at + 1 : at + 2] == closer:
            at += 1
        elif program[at] == "\\":
            parts.append(program[at])
            at += 1
        parts.append(program[at : at + 1])
        at += 1
    return "".join(parts), at + 1


def _by_awk(program: str) -> Iterator[tuple[str, Pattern | None]]:
    for match in list(_OF_AWK.finditer(program[:_LONGEST]))[:_MOST]:
        if match["call"]:
            pattern = Pattern(match["pattern"], True)
            yield pattern.filled(match["written"], True), pattern
        elif match["printed"]:
            yield match["printed"].replace("\\n", "\n").replace("\\t", "\t"), None
        else:
            yield match["value"].strip(), Pattern(match["key"] or match["line"], True)


def _line(text: str, pattern: Pattern | None) -> str:
    """A line as it stands in the file: a value alone is that of the key that the pattern names."""
    key = _key_in(pattern.text) if pattern else ""
    if key and not _key_in(text) and (shaped(text.strip()) or text.startswith("$")):
        return f"{key}{'=' if key.startswith('SPARK_') else ' '}{text.strip()}"
    named = _KEY.search(text)
    if named and HOLE in text:
        return f"{text[: named.end()]} {{{{…}}}}"
    return text.replace(HOLE, "")


def _key_in(text: str) -> str:
    """The one key, option or variable in a text; also the setting of a placeholder that has a field's name."""
    keys = {match[0].rstrip(".") for match in _KEY.finditer(text)}
    if len(keys) == 1:
        return keys.pop()
    placeholder = re.fullmatch(r"\W{0,5}(\w{8,40})\W{0,5}", text)
    named = key_of_field(placeholder[1]) if placeholder and not keys else ""
    return named if carried(named) else ""
