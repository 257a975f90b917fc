"""What a command's options, its ``--conf`` and its environment come to, in the order in which one wins over another."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, safe_name, shaped
from sparkmem.configuration.found import Found
from sparkmem.configuration.lost import IDLE_IN_LOCAL_MODE, MAY_STAND
from sparkmem.configuration.passed_over import NOT_HANDED_ON, ONLY_A_RUN, UNDER_A_CONDITION
from sparkmem.configuration.shell_command import Word
from sparkmem.configuration.submit_options import ENVIRONMENT, JVM_VARIABLES, OPTIONS, option_counts

_WHOLE = re.compile(r"\$(?:\w{1,60}|[@*]|\{\w{1,60}(?:\[[@*]\])?\}|\(…\))")
_OF_OPTIONS = re.compile(
    r"(?<![a-z])(?:opt|arg|conf|param|extra|flag|setting|resource)|(?-i:(?<=[a-z])(?:Opt|Arg|Conf|Param|Extra|Flag|Setting))"
    r"|(?:opt(?:ion)?|arg(?:ument)?|conf(?:ig)?|param(?:eter)?|extra|flag|setting|resource)s?(?![a-z])|@|\*|…",
    re.IGNORECASE,
)
"""Words for options where they begin or end a part of a name: none is in ``topterms_jar`` or ``target``."""
_OF_APPLICATION = re.compile(r"jar|app|file|script|main|job|py|path|\b[0-9]\b", re.IGNORECASE)
_EXECUTOR = "spark.executor.memory"
_MAY_STAND_THERE = (_EXECUTOR, "spark.executor.memoryOverhead", "spark.driver.memory")
ENDINGS = {".py": "python", ".r": "r", ".jar": "jvm", "pyspark-shell": "python", "sparkr-shell": "r"}
"""Languages by how the application's name ends."""


class Given:
    """Gathers what a command gives, and puts it together once all is known."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.pairs: list[tuple[str, str, Word]] = []
        self.options: dict[str, Word] = {}
        self.elsewhere: Word | None = None
        """A word of which only a run would tell the options that stand in it."""
        self.file: Word | None = None
        """The name of a file of settings, which is not in the command."""
        self.torn: dict[int, str] = {}
        """By a word with which a condition gives another value than there was, both of them."""

    def merge(self, environment: dict[str, Word]) -> None:
        """Take everything in the order in which it wins: the environment, --conf, options."""
        pairs = {key for key, _, _ in self.pairs}
        given = {option: (option, word, option) for option, word in self.options.items()}
        for name, word in environment.items():
            option = ENVIRONMENT.get(name, "")
            if name in JVM_VARIABLES:
                self.found.ignore(word.line, name, JVM_VARIABLES[name])
            if option in self.options or OPTIONS.get(option) in pairs:
                self.found.ignore(word.line, name, "an option or --conf wins over the environment")
            elif option:
                given[option] = (option, word, name)
        before: dict[str, Word] = {}
        for key, value, word in self.pairs:
            self.against(before.get(key), word)
            before[key] = word
            self._set(key, value, word, f"--conf {key}")
        for option, word, name in sorted(given.values(), key=lambda item: item[0] not in ("--master", "--deploy-mode")):
            known = self.found.circumstances
            if option_counts(option, known.cluster_manager, known.deploy_mode):
                self.against(before.get(OPTIONS[option]), word, f"{OPTIONS[option]}={word.text}")
                self.found.drop(OPTIONS[option], f"{name} wins")
                self._set(OPTIONS[option], word.text, word, name)
            else:
                where = "in client mode" if option == "--driver-cores" else f"where the master is {known.cluster_manager}"
                self.found.ignore(word.line, name, f"{NOT_HANDED_ON} {where}")
                if known.cluster_manager == "local" and OPTIONS[option] not in pairs:
                    self.found.lose(IDLE_IN_LOCAL_MODE, word.line, OPTIONS[option])

        self._unknown_options()
        self._of_a_file()

    def against(self, before: Word | None, word: Word, text: str = "") -> None:
        """Keep that a condition decides between a word and one before it that says otherwise."""
        if before and word.maybe and before.text != (text or word.text):
            word.variables.append(word.maybe)
            values = [one.rpartition("=")[2] for one in (before.text, text or word.text)]
            self.torn[id(word)] = " and ".join(values) if all(map(shaped, values)) else "two values"

    def _unknown_options(self) -> None:
        """Say of the sizes that are not set what may be among options that the text does not hold."""
        if self.elsewhere is None:
            return
        name = self.elsewhere.text if self.elsewhere.variables else "the output of a command"
        self.found.ignore(self.elsewhere.line, "…", f"options may stand in {name}, which is not in the text")
        lost = {one.key for one in self.found.losses}
        for key in _MAY_STAND_THERE:
            if key not in self.found.settings and key not in lost and not self._is_idle(key):
                self.found.hole(key, self.elsewhere.line, f"{MAY_STAND} in {name}")

    def _of_a_file(self) -> None:
        """Say of heaps that a command leaves to a file of settings that they may stand there."""
        lost = {one.key for one in self.found.losses}
        if self.file is None or _EXECUTOR in self.found.settings or _EXECUTOR in lost:
            return
        for key in (_EXECUTOR, "spark.driver.memory"):
            if key not in self.found.settings and key not in lost and not self._is_idle(key):
                self.found.hole(key, self.file.line, f"{MAY_STAND} in the file that --properties-file names")

    def _is_idle(self, key: str) -> bool:
        return self.found.circumstances.cluster_manager == "local" and not key.startswith("spark.driver.")

    def _set(self, key: str, value: str, word: Word, written_as: str) -> None:
        if word.by_a_program:
            self.found.ignore(word.line, safe_name(key), f"the value is no plain text or number: {ONLY_A_RUN}")
            self.found.hole(key, word.line, ONLY_A_RUN)
        elif id(word) in self.torn and carried(key):
            self.found.displaced(key, word.line, f"a condition decides between {self.torn[id(word)]}")
        elif word.runs_command:
            self.found.ignore(word.line, safe_name(key), "the output of a command, which only the shell knows")
            self.found.hole(key, word.line, "it is the output of a command")
        else:
            for name in word.by_default:
                self.found.remark(word.line, safe_name(key), f"where ${name} is not set: its default in the text is taken")
            if word.maybe and carried(key):
                self.found.remark(word.line, safe_name(key), UNDER_A_CONDITION)
            self.found.setting(key, value, word.line, written_as, tuple(word.variables))


def holds_options(word: Word, after: list[Word]) -> bool:
    """Whether a word that only a run would tell is likely options and not the application, by its name and what follows."""
    if not (word.variables or word.runs_command) or not _WHOLE.fullmatch(word.text[:80]):
        return False
    if _OF_OPTIONS.search(word.text):
        return True
    options = any(other.text.split("=", 1)[0] in (*OPTIONS, "--conf", "--class") for other in after)
    return not _OF_APPLICATION.search(word.text) and (
        options or any(other.text.lower().endswith(tuple(ENDINGS)) for other in after)
    )
