"""The words behind ``spark-submit`` in their order: its options, the application, what is the application's own."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import carried, safe_name
from sparkmem.configuration.fields import key_of_field
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import DASH, DASH_IN_SHELL, LOST, OPTION_UNKNOWN
from sparkmem.configuration.passed_over import NOT_MEMORY, PROPERTIES_FILE
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import (
    LANGUAGES,
    OPTIONS,
    OTHER_OPTIONS,
    SWITCHES,
    in_place_of,
    is_begun,
    is_unknown,
    near_option,
)
from sparkmem.configuration.submit_order import ENDINGS, Given, holds_options

_WITH_EQUALS = re.compile(r"(--[^=]+)=(.+)", re.DOTALL)
_DASHES = ("-", "–", "—")
_GLUED = re.compile(r"[\w\]](--[a-z-]{5,30})$")
"""An option at the end of another one's value, as texts that are joined without a blank leave it."""
_BETWEEN = ("", "and", "plus", "with", "und", "mit")
"""Words between options that a sentence names, without a command."""
OF_A_POD = "/opt/spark/conf/spark.properties"
"""The file that a driver's pod is started with (SPARK_CONF_PATH in Constants.scala of Spark's module for Kubernetes): the
client mode of the command inside it is the image's own, of an application in cluster mode."""


def _language_of(main_class: str) -> str:
    """The language of an application by its class: those that Spark starts programs in Python and R with are Spark's own."""
    if main_class == "org.apache.spark.deploy.PythonRunner":
        return "python"
    return "r" if main_class.startswith("sparklyr.") or main_class == "org.apache.spark.deploy.RRunner" else "jvm"


class Arguments:
    """Takes them; the options and ``--conf`` wait in `given` until all is known."""

    def __init__(self, found: Found) -> None:
        self.found, self.given = found, Given(found)
        self.command = ""
        self.after = Word()
        """The word behind the one that is taken."""
        self.starts = False
        """Whether an application is among them."""
        self.in_a_pod = 0
        """The line of a driver's file in its pod."""

    def take(self, command: str, words: list[Word]) -> None:
        """Take the words behind a command's name; of one without a name they are spark-submit's."""
        self.command = command
        at = 0
        while at < len(words):
            word, at = words[at], at + 1
            self.after = words[at] if at < len(words) else Word()
            with_equals = _WITH_EQUALS.fullmatch(word.text)
            name, value = with_equals.groups() if with_equals else (word.text, None)
            if name in ("--conf", "-c") or name in OPTIONS or name in OTHER_OPTIONS:
                if value is not None:
                    self._option(name, replace(word, text=value))
                elif at < len(words):
                    self._option(name, words[at])
                    at += 1
                    self._cut_key(name, words[at - 1 : at + 1])
                else:
                    self.found.ignore(word.line, name, f"Missing argument for option '{name}'.")
                    if name in OPTIONS:
                        write = f"write {name} and its value"
                        self.found.lose("option-without-value", word.line, OPTIONS[name], write, name)
            elif name in SWITCHES:
                self.found.ignore(word.line, name, NOT_MEMORY)
            elif self.command in LANGUAGES:
                self._of_shell(word)
            elif not command and word.text.strip(",;").lower() in _BETWEEN:
                continue
            elif holds_options(word, words[at:]):
                self.given.elsewhere = self.given.elsewhere or word
            elif not word.text.startswith(_DASHES):
                self._application(word, words[at:], at >= 2 and words[at - 2].text.endswith(","))
                return
            else:
                self._unknown(word, near_option(word.text), at == len(words))
                at += value is None and at + 1 < len(words) and not words[at].text.startswith("-")

    def _cut_key(self, name: str, words: list[Word]) -> None:
        """Name a key that a blank cuts in two, as ``--conf spark.executor. memory=8g``: the rest is the application."""
        if name in ("--conf", "-c") and len(words) == 2 and words[0].text.endswith("."):
            meant = words[0].text + words[1].text.split("=", 1)[0]
            if carried(meant):
                self.found.lose("key-has-space", words[0].line, meant, f"write --conf {meant}=VALUE")

    def _option(self, name: str, given: Word) -> None:
        if (glued := _GLUED.search(given.text[-60:])) and carried(OPTIONS.get(glued[1], "")):
            self.found.lose("value-runs-on", given.line, OPTIONS[glued[1]], f"write a blank before {glued[1]}", glued[1])
        if name in ("--conf", "-c"):
            key, has_value, value = given.text.partition("=")
            if has_value:
                self.given.pairs.append((key, value, given))
            else:
                self.found.ignore(given.line, f"--conf {safe_name(key)}", "Spark config without '='")
                if carried(meant := key.strip().split(" ", 1)[0].split(":", 1)[0]):
                    self.found.lose("conf-without-equals", given.line, meant, f"write --conf {meant}=VALUE")
        elif name == "--properties-file":
            self.found.ignore(given.line, name, PROPERTIES_FILE)
            self.in_a_pod = given.line if given.text == OF_A_POD else self.in_a_pod
            self.given.file = None if self.in_a_pod else given
        elif name in OPTIONS:
            self.given.against(self.given.options.get(name), given)
            if name in self.given.options:
                self.found.ignore(self.given.options[name].line, name, f"{name} on line {given.line} comes later")
            self.given.options[name] = given
        else:
            if name == "--remote":
                self.found.say("master", "connect", given.line, name)
            if name == "--class":
                self.found.know(language=_language_of(given.text))
            self.found.ignore(given.line, name, NOT_MEMORY)

    def _application(self, word: Word, arguments: list[Word], cut: bool = False) -> None:
        """Take what is the application; ``cut`` is whether a blank behind a comma made one of what belongs to a list."""
        self.starts = True
        if self.found.circumstances.language != "r":  # sparklyr's own jar runs a program in R
            ending = next((end for end in ENDINGS if word.text.lower().endswith(end)), "")
            self.found.know(language=ENDINGS.get(ending, ""))
        of_conf = False
        for argument, after in zip(arguments, [*arguments[1:], Word()], strict=False):
            behind, of_conf = of_conf, argument.text in ("--conf", "-c")
            name, _, value = argument.text.partition("=")
            bare = name.lstrip("-")  # as programs take --spark.executor.memory 8g for themselves
            if name in OPTIONS or name in ("--conf", "-c"):
                self.found.ignore(argument.line, name, LOST["key-after-application"][0])
                key = OPTIONS.get(name) or (value or after.text).split("=", 1)[0]
                if carried(key):
                    write = f"write {name} before the application"
                    if cut:
                        write = f"take out the blank behind a comma on line {word.line}: what follows it is the application"
                    self.found.lose("key-after-application", argument.line, key, write)
            elif not behind and carried(bare) and (value or bare != name):
                self.found.ignore(argument.line, name, LOST["key-after-application"][0])
                write = f"write --conf {bare}=VALUE before the application"
                self.found.lose("key-after-application", argument.line, bare, write)
        if arguments:
            self.found.ignore(arguments[0].line, "…", "arguments of the application")

    def _of_shell(self, word: Word) -> None:
        """A word that a shell such as spark-sql may take as its own."""
        near = near_option(word.text)
        if near or word.text[:1] in _DASHES[1:]:
            self._unknown(word, near)

    def _with_a_dash(self, word: Word) -> None:
        """A word that is no option, as its dash is no hyphen; a pair behind it is told by its key."""
        name, _, value = word.text.lstrip("-–—").partition("=")
        key = OPTIONS.get(f"--{name}", "")
        if name == "conf":
            key = (value or self.after.text).partition("=")[0]
        id = DASH_IN_SHELL if self.command in LANGUAGES and self.command != "pyspark" else DASH
        if f"--{name}" in (*OPTIONS, *OTHER_OPTIONS, *SWITCHES, "--conf"):
            self.found.lose(id, word.line, key if carried(key) else f"--{name}", f"type --{name} again, with two hyphens")

    def _unknown(self, word: Word, near: str, is_last: bool = False) -> None:
        near = near or next((one for one in OPTIONS if one[1:] == word.text.split("=", 1)[0]), "")  # one hyphen for two
        reason = "not an option of spark-submit" + (f": did you mean {near}?" if near else "")
        if word.text[:1] in _DASHES[1:]:
            reason = "begins with a dash that is not two hyphens"
        name = safe_name(word.text.split("=", 1)[0])
        self.found.ignore(word.line, name, reason)
        bare = word.text.split("=", 1)[0].lstrip("-")
        if word.text[:1] in _DASHES[1:]:
            self._with_a_dash(word)
        elif carried(bare):
            self.found.lose("option-misspelt", word.line, bare, f"write --conf {bare}=VALUE", f"--{bare}")
        elif carried(OPTIONS.get(near, "")):
            self.found.lose("option-misspelt", word.line, OPTIONS[near], f"write {near}", name)
        elif self.command == "spark-submit" and is_unknown(name) and not (is_last and is_begun(name)):
            name = name if near or name.startswith("--") else name[:2]  # behind one hyphen a value may stand without a blank
            meant = key_of_field(name.lstrip("-"))
            write = f"write --conf {meant}=VALUE" if carried(meant) else f"write {near}" if near else in_place_of(name)
            self.found.lose(OPTION_UNKNOWN, word.line, meant if carried(meant) else name, write, name)
