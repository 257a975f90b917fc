"""What a shell fills in: variables, sums, the output of commands; what only the shell knows stays as text, and is named."""

from __future__ import annotations

import re

from sparkmem.configuration.shell_command import Cursor
from sparkmem.configuration.shell_variables import Maybe, Variables

_VARIABLE = re.compile(r"\$(?:([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-])|\{((?:[^{}\n]|\$\{[^{}\n]{0,80}\}){0,200})\})")
_BRACKET = re.compile(r"[()]")
_LONGEST = 300
_COMPUTES = re.compile(r"(?:\$\(|`)\s*(?:expr\s+([^|;&]+?)|echo\s+[\"']?([^|;&\"']+?)[\"']?\s*\|\s*bc)\s*[)`]")


class Expansions:
    """Takes them at the place of the cursor."""

    def __init__(self, cursor: Cursor, variables: Variables) -> None:
        self.cursor, self.variables = cursor, variables

    def take(self, quoted: bool = False) -> None:
        """What begins with a dollar or a backtick."""
        cursor, text, at = self.cursor, self.cursor.text, self.cursor.at
        variable = _VARIABLE.match(text, at)
        if variable:
            self._variable(variable, quoted)
        elif text.startswith("$((", at) and (close := text.find("))", at, at + _LONGEST)) > 0:
            self._arithmetic(text[at : close + 2])
        elif text.startswith(("$(", "`"), at):
            self._run(self._substitution())
        elif text.startswith('$"', at):
            cursor.take("$", "")
        else:
            cursor.take("$")

    def _variable(self, variable: re.Match[str], quoted: bool) -> None:
        """Fill in what a variable holds: outside of quotes its blanks part words, as the words of a list are parted."""
        cursor = self.cursor
        name = variable[1] or re.split(r"[^A-Za-z0-9_]", variable[2], maxsplit=1)[0] or variable[2][:40]
        held, defaulted = self.variables.expanded(variable[1] or variable[2])
        if held is None:
            cursor.take(variable[0])
            cursor.now().variables.append(name)
            return
        cursor.skip(len(variable[0]))
        words = held if quoted or isinstance(held, list) else held.split()
        for at, text in enumerate([words] if isinstance(words, str) else words):
            if at:
                cursor.end_word()
            cursor.now().text = ""
            cursor.parts.append(text)
            if isinstance(text, Maybe):
                cursor.now().maybe = name
        if cursor.word is not None and defaulted:
            cursor.word.by_default.append(name)

    def _run(self, source: str) -> None:
        """The output of a command, which only the shell knows but where it computes."""
        cursor = self.cursor
        computes = _COMPUTES.fullmatch(source[:_LONGEST])
        if computes:
            from sparkmem.configuration.shell_arithmetic import computed  # here: the same

            inside = (computes[1] or computes[2]).replace("\\*", "*")
            if (found := computed(inside, lambda name: self.variables.expanded(name)[0])) is not None:
                cursor.take(source, found)
                return
        cursor.now().runs_command = True
        cursor.take(source, "$(…)")

    def _arithmetic(self, source: str) -> None:
        """``$((…))``, where its names have whole numbers; else it is as the output of a command."""
        from sparkmem.configuration.shell_arithmetic import computed  # here: few scripts compute

        cursor = self.cursor
        found = computed(source[3:-2], lambda name: self.variables.expanded(name)[0])
        if found is None:
            cursor.now().runs_command = True
        cursor.take(source, "$(…)" if found is None else found)

    def _substitution(self) -> str:
        """The whole of ``$(...)`` or of a pair of backticks, or what is left of the line where it is not closed."""
        cursor = self.cursor
        quote = cursor.text[cursor.at]
        end = -1
        if quote not in cursor.hopeless:
            if quote == "`":
                end = cursor.text.find("`", cursor.at + 1)
            else:
                depth = 0
                for bracket in _BRACKET.finditer(cursor.text, cursor.at):
                    depth += 1 if bracket[0] == "(" else -1
                    if depth == 0:
                        end = bracket.start()
                        break
        if end < 0:
            cursor.hopeless.add(quote)
            cursor.command.open_lines.append((cursor.line, quote))
            return cursor.rest_of_line()
        return cursor.text[cursor.at : end + 1]
