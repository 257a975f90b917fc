"""Texts in quotes; a quote that is not closed spoils its own line and nothing else."""

from __future__ import annotations

import re

from sparkmem.configuration.shell_command import Cursor
from sparkmem.configuration.shell_expansions import Expansions

_QUOTED = re.compile(r'[^"\\$`]+')
_OPTION_BELOW = re.compile(r"\n[ \t]*(?:--[a-z]|-c )")
_COMMAND_INSIDE = re.compile(r"(?:spark\d?-(?:submit|shell|sql)|pyspark|sparkR)\b")


def _is_stray(quoted: str) -> bool:
    """Whether what stands between two quotes is options of the lines below rather than a text of several lines."""
    return "\n" in quoted and bool(_OPTION_BELOW.search(quoted)) and not _COMMAND_INSIDE.search(quoted)


class Quotes:
    """Takes what stands in them at the place of the cursor."""

    def __init__(self, cursor: Cursor, expansions: Expansions) -> None:
        self.cursor, self.expansions = cursor, expansions

    def single(self) -> None:
        """A text that stands as it is."""
        cursor = self.cursor
        end = -1 if "'" in cursor.hopeless else cursor.text.find("'", cursor.at + 1)
        if end < 0 or _is_stray(cursor.text[cursor.at : end]):
            self._not_closed("'", end < 0)
        else:
            cursor.take(cursor.text[cursor.at : end + 1], cursor.text[cursor.at + 1 : end])

    def double(self) -> None:
        """A text in which variables are filled in."""
        cursor = self.cursor
        begun, line, kept = cursor.at, cursor.line, len(cursor.parts)
        if '"' in cursor.hopeless:
            self._not_closed('"')
            return
        cursor.take('"', "")
        while cursor.at < len(cursor.text) and cursor.text[cursor.at] != '"':
            letter = cursor.text[cursor.at]
            if letter == "\\":
                after = cursor.text[cursor.at + 1 : cursor.at + 2]
                cursor.take(letter + after, "" if after == "\n" else after if after in '$`"\\' else letter + after)
            elif letter in "$`":
                self.expansions.take(quoted=True)
            else:
                cursor.take(_QUOTED.match(cursor.text, cursor.at)[0])  # type: ignore[index]
        nowhere = cursor.at >= len(cursor.text)
        if nowhere or _is_stray(cursor.text[begun : cursor.at]):
            cursor.at, cursor.line = begun, line
            del cursor.parts[kept:]
            self._not_closed('"', nowhere)
        else:
            cursor.skip(1)

    def _not_closed(self, quote: str, nowhere: bool = True) -> None:
        """Take what is left of the line as it stands, and name the line."""
        cursor = self.cursor
        if nowhere:
            cursor.hopeless.add(quote)
        cursor.command.open_lines.append((cursor.line, quote))
        rest = cursor.rest_of_line()
        cursor.take(rest, rest[1:])
        cursor.end_word()
        if rest.rstrip().endswith("\\") and cursor.at < len(cursor.text):
            cursor.skip(1)  # the command goes on below
