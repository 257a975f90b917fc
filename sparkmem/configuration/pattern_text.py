"""What a search pattern of sed, perl or awk stands for, as far as it is a text; what it leaves open is a hole."""

from __future__ import annotations

import re

HOLE = "\0"
_BLANK = r"\[\[:(?:space|blank):\]\]|\\s|\\t|\[ \\t\]|\[ \]| "
_MANY = r"(?:\\?\{[0-9,]{0,9}\\?\}|\\?[*+?])"
_TOKEN = re.compile(
    rf"(?P<blank>(?:{_BLANK}){_MANY}?\??)|(?P<any>(?:\.|\\[SwWdD]|\[\^?\]?(?:\[:\w{{1,12}}:\]|[^\]]){{0,80}}\]){_MANY}\??)"
    rf"|(?P<one>\\[SwWdD]|\[\^?\]?(?:\[:\w{{1,12}}:\]|[^\]]){{0,80}}\])|(?P<open>\\?\((?:\?[:=!<]{{1,2}})?)|(?P<close>\\?\){_MANY}?)"
    r"|(?P<anchor>\\[bB<>AZz]|[\^$])|\\(?P<escaped>.)|(?P<plain>.)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"\\g?\{?([0-9])\}?|\$(?:([0-9])|\{([0-9])\})|(\\[&/nt\\])|(&)", re.DOTALL)


class Pattern:
    """A pattern as a text, and what its groups hold; ``extended`` where a bare bracket begins one."""

    def __init__(self, pattern: str, extended: bool) -> None:
        self.groups: list[str] = []
        parts: list[str] = []
        opened: list[tuple[int, int]] = []
        for token in _TOKEN.finditer(pattern[:2000]):
            kind, text = token.lastgroup, token[0]
            if kind in ("open", "close") and (text[0] == "\\") == extended:
                parts.append(text.lstrip("\\"))
            elif kind == "open":
                opened.append((len(parts), len(self.groups)))
                if "?" not in text:
                    self.groups.append(HOLE)
            elif kind == "close" and opened:
                begun, number = opened.pop()
                if number < len(self.groups):
                    self.groups[number] = "".join(parts[begun:])
            elif kind == "blank":
                parts.append(" ")
            elif kind in ("any", "one"):
                parts.append(HOLE)
            elif kind in ("escaped", "plain"):
                parts.append(token[kind])
        self.text = "".join(parts)

    def filled(self, replacement: str, of_sed: bool) -> str:
        """What a replacement writes in the place of what the pattern found.

        >>> Pattern(r"^\\(spark.executor.memory\\)[ ]*.*", False).filled(r"\\1 6g", True)
        'spark.executor.memory 6g'
        """

        def meant(match: re.Match[str]) -> str:
            number = match[1] or match[2] or match[3]
            if match[4]:
                return {"n": "\n", "t": "\t"}.get(match[4][1], match[4][1])
            if match[5]:
                return self.text if of_sed else "&"
            if match[0][0] == "$" and of_sed:
                return match[0]
            at = int(number)
            return self.text if at == 0 else self.groups[at - 1] if at <= len(self.groups) else HOLE

        return _REFERENCE.sub(meant, replacement)
