"""A shell script around its ``spark-submit``: assignments before it, here-documents, lines that are echoed into a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from sparkmem.configuration import shell
from sparkmem.configuration.piece import Piece, numbered, whole_lines
from sparkmem.configuration.shell_command import Command, Word
from sparkmem.configuration.shell_variables import Held, Variables

_HEREDOC = re.compile(r"<<-?[ \t]*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_STATEMENT = re.compile(
    r"^[ \t]*(?:(?:if|elif)\b[^\n;]{0,300};[ \t]*then[ \t]+|(?:then|else|do)[ \t]+|\(?[\w.*?\"'|-]{1,60}\)[ \t]+|-[ \t]+"
    r"|(?!#)(?:\[|test\b|\(\()[^\n]{0,300}?(?:&&|\|\|)[ \t]+)?"
    r"(?P<own>(?:(?:export|declare|local|readonly|typeset|set|env|ENV|ARG)[ \t]+(?:-[A-Za-z]+[ \t]+)*)?"
    r"\"?[A-Za-z_][A-Za-z0-9_]*\+?=)",
    re.MULTILINE,
)
_GIVEN_ELSEWHERE = re.compile(
    r"\bfor[ \t]+(\w{1,60})[ \t]+in\b|\bread(?:[ \t]+-\w{1,9})*[ \t]+(\w{1,60})[ \t]*(?:$|[;<])", re.MULTILINE
)
_DEFAULTED = re.compile(r"^[ \t]*:[ \t]+\"?\$\{([A-Za-z_]\w*):?=([^}\n]{0,100})\}", re.MULTILINE)
_LET = re.compile(
    r"^[ \t]*(?:let[ \t]+[\"']?|\(\([ \t]*)([A-Za-z_]\w{0,60})[ \t]*=(?!=)[ \t]*([^\"'\n]{1,100}?)[ \t]*(?:[\"']|\)\)|$)",
    re.MULTILINE,
)
_SHIFT = re.compile(r"(?:^|;)[ \t]*shift\b(?:[ \t]+([0-9]))?", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*(?:.*;[ \t]*)?(if|case|fi|esac)\b|\bfi[ \t]*$", re.MULTILINE)
_ASSIGNED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=(.*)", re.DOTALL)
_ECHOED = re.compile(
    r"\b(?:echo|printf)[ \t]+(?:-[en]+[ \t]+)?(.{0,2000}?)[ \t]*(?:>>?|\|[ \t]*(?:sudo[ \t]+)?tee\b)", re.MULTILINE
)
_INTRODUCING = (
    "export", "declare", "local", "readonly", "typeset", "set", "env", "ENV", "ARG", "if", "then", "else", "do", "-",
)  # fmt: skip


def without_heredocs(text: str) -> tuple[str, list[Piece]]:
    """The script with its here-documents left empty, line for line, and their texts."""
    if "<<" not in text:
        return text, []
    lines, bodies = text.split("\n"), []
    kept: list[str] = []
    at = 0
    ends = _last_lines(lines)
    while at < len(lines):
        kept.append(lines[at])
        opened = _HEREDOC.search(lines[at][:2000])
        at += 1
        if opened and ends.get(opened[2], -1) >= at:
            begun = at
            while lines[at].strip() != opened[2]:
                at += 1
            bodies.append(whole_lines("\n".join(lines[begun:at]), begun + 1))
            kept += [""] * (at + 1 - begun)
            at += 1
    return "\n".join(kept), bodies


def _last_lines(lines: list[str]) -> dict[str, int]:
    """The last line that is a word by itself, by that word."""
    return {word: at for at, line in enumerate(lines) if (word := line.strip()).isidentifier()}


def echoed(text: str) -> Piece | None:
    """What is echoed or printed into files, as lines of a file; None where nothing is."""
    if ">" not in text and "tee" not in text:
        return None
    found, lines = [], []
    for line, match in numbered((match for match in _ECHOED.finditer(text) if "spark." in match[1]), 1):
        for command in shell.commands(match[1].replace("\\n", "\n"), line):
            for word in command.words if any(" " in word.text for word in command.words) else [_joined(command.words)]:
                found.append(word.text)
                lines.append(line)
    return Piece("\n".join(found), lines) if found else None


def _joined(words: list[Word]) -> Word:
    return Word(" ".join(word.text for word in words), words[0].line)


def assignments(text: str, variables: Variables | None = None) -> tuple[Variables, dict[str, Word]]:
    """The variables of a script after its last line, beside those that are given, and the words that were assigned."""
    variables, words = variables or Variables(), dict[str, Word]()
    patterns = (_BLOCK, _STATEMENT, _DEFAULTED, _GIVEN_ELSEWHERE, _SHIFT, _LET)
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    blocks = sorted(found, key=lambda match: match.start())
    depth = done = 0
    arms: list[tuple[int, int]] = []
    for line, match in numbered(blocks):
        if match.start() < done or any(start <= match.start() < end for start, end in arms):
            continue
        if match.re is _BLOCK:
            chosen = _other_arms(text, match.start(1), variables) if match[1] == "case" else None
            arms = arms if chosen is None else chosen
            if chosen is None:
                depth = max(0, depth + (1 if match[1] in ("if", "case") else -1))
        elif match.re is _LET:
            from sparkmem.configuration.shell_arithmetic import computed  # here: few scripts compute

            variables.assign(match[1], computed(match[2], variables.held.get), line, maybe=depth > 0)
        elif match.re is _SHIFT:
            variables.shift(int(match[1] or 1))
        elif match.re is _GIVEN_ELSEWHERE:
            variables.assign(match[1] or match[2], None, line)
        elif match.re is _DEFAULTED:
            variables.assign(match[1], match[2], line)
            words[match[1]] = Word(match[2], line)
        else:
            begun = match.start("own")
            command = next(shell.commands(text[begun : begun + _LONGEST], line, variables), None)
            while command:
                done = begun + max(command.end, 1)
                maybe = depth > 0 or bool(re.match(r"[ \t]*(?:if|elif|then|else|\[|test|\(\()(?!\w)", match[0]))
                for name, word in _assigned(command.words, variables, maybe):
                    words[name] = word
                further = _FURTHER.match(text, done)
                begun = further.end() if further else 0
                command = next(shell.commands(text[begun : begun + _LONGEST], line, variables), None) if further else None
    return variables, words


_LONGEST = 20_000
_FURTHER = re.compile(r";[ \t]*(?:else[ \t]+|elif\b[^\n;]{0,200};[ \t]*then[ \t]+)?(?=[A-Za-z_][A-Za-z0-9_]*\+?=)")
_CASE = re.compile(r"case[ \t]+(\S{1,100})[ \t]+in\b")
_ARM = re.compile(r"^[ \t]*\(?([\w.*?\"' \t|-]{1,100})\)(.*?)(?:;;|(?=^[ \t]*esac\b))", re.MULTILINE | re.DOTALL)
_ESAC = re.compile(r"^[ \t]*esac\b", re.MULTILINE)


def commands_from(text: str, begin: int) -> Iterator[Command]:
    """The commands from a place in a script on, with what its variables hold there."""
    variables, _ = assignments(text[:begin])
    return shell.commands(text[begin:], text.count("\n", 0, begin) + 1, variables)


def _other_arms(text: str, at: int, variables: Variables) -> list[tuple[int, int]] | None:
    """The arms of a ``case`` that are not taken, and the word that ends it; None where the text does not say which is."""
    case, end = _CASE.match(text, at), _ESAC.search(text, at, at + _LONGEST)
    command = next(shell.commands(case[1], 1, variables), None) if case and end else None
    if case is None or end is None or command is None or command.words[0].variables or command.words[0].runs_command:
        return None
    word, others, taken = command.words[0].text, [(end.start(), end.end())], False
    for arm in _ARM.finditer(text, case.end(), end.end()):
        patterns = [pattern.strip(" \t\"'") for pattern in arm[1].split("|")]
        if not taken and any(fnmatchcase(word, pattern) for pattern in patterns):
            taken = True
        else:
            others.append(arm.span())
    return others


def _assigned(words: list[Word], variables: Variables, maybe: bool) -> Iterator[tuple[str, Word]]:
    for word in words:
        found = _ASSIGNED.fullmatch(word.text)
        if not found:
            if word.text in _INTRODUCING or word.text.startswith("-"):
                continue
            return
        known = not word.variables and not word.runs_command
        value: Held | None = found[3] if known else None
        if word.items is not None:
            value = None if any(item.variables or item.runs_command for item in word.items) else [i.text for i in word.items]
        if found[2]:
            variables.append(found[1], value, word.line, maybe=maybe)
        else:
            variables.assign(found[1], value, word.line, maybe=maybe)
        yield found[1], Word(found[3], word.line, word.variables, word.runs_command)
