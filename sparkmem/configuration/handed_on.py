"""Variables that do not reach a command, as what runs it gives it an environment of its own.

``sudo`` keeps none of a shell's but by ``-E``, ``--preserve-env`` or the ``env_keep`` of its policy (``env_reset`` is on
where no policy says otherwise, sudoers(5)), ``su -`` begins a new login, ``env -i`` an empty one; ``ssh``, ``docker exec``
and ``kubectl exec`` start the command on another machine or in a container, with the variables that are there.

A shell hands on what is exported, and not what it takes back or sets inside of brackets (POSIX, Shell Execution
Environment).
"""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.clue import holds
from sparkmem.configuration.lost import LOST, NOT_HANDED_ON
from sparkmem.configuration.piece import blanked
from sparkmem.configuration.setting import Lost
from sparkmem.configuration.submit_options import COMMANDS_LINE, ENVIRONMENT, OPTION_TEXTS, OPTIONS

_NAMES = "|".join((*(name for name in ENVIRONMENT if name.startswith("SPARK_")), *OPTION_TEXTS))
_GIVEN = re.compile(
    rf"(?:^|(?<=[;&\"'(])|(?<=[;&] ))[ \t]{{0,8}}(?:[$#] )?(?:export[ \t]{{1,3}})?(?P<name>{_NAMES})="
    r"(?P<value>\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s;&\"')]{1,200})",
    re.MULTILINE,
)
_CLEANS = re.compile(
    r"(?<![\w./-])(?P<what>sudo|su -l?|runuser -l?|env -i|ssh|(?:docker|podman|nerdctl)(?:[ -]compose)? (?:exec|run)"
    r"|(?:kubectl|oc) (?:-n \S{1,60} )?exec)(?= )"
)
_KEEPS = re.compile(r"(?<= )(?:-[A-Za-z]{0,3}E[A-Za-z]{0,3}|--preserve-env|-[mp]\b|--env-file|--env|-e|-o SendEnv)(?=[ =])")
_WORDS = ("#!", "unset ", "(export ", "sudo ", "su -", "env -i", "ssh ", " exec ", "runuser ", " run ")
_MOST, _LONGEST = 20, 100_000


def apart(text: str) -> tuple[str, list[Lost]]:
    """The text without such variables, line for line, and each as lost; of several commands the first counts.

    >>> [one.key for one in apart("export SPARK_DRIVER_MEMORY=8g\\nsudo -u etl spark-submit a.py")[1]]
    ['spark.driver.memory']
    """
    if len(text) > _LONGEST or "SPARK" not in text or not holds(text, _WORDS):
        return text, []
    command = COMMANDS_LINE.search(text)
    if command is None:
        return text, []
    begun = _begins(text, command.end() - 1)
    lost: list[Lost] = []
    for given, why in [*_cleaned(text, begun, command.end()), *_of_the_shell(text, begun)]:
        if re.search(rf"\$\{{?{given['name']}\b", text[given.end() :]):
            continue  # the shell itself fills it in
        option = ENVIRONMENT.get(given["name"], "")
        key = OPTIONS.get(option, given["name"])
        line = text.count("\n", 0, given.start("name")) + 1
        write = f"write {option} among the options" if option else "write the options themselves"
        said, see = LOST[NOT_HANDED_ON]
        lost.append(Lost(NOT_HANDED_ON, line, key, said.format(given=why), write, see))
        text = text[: given.start("name")] + blanked(text[given.start("name") : given.end()]) + text[given.end() :]
    return text, lost


def _cleaned(text: str, begun: int, end: int) -> list[tuple[re.Match[str], str]]:
    """What is set before a program that gives the command an environment of its own, and that program."""
    cleaner = next(reversed(list(islice(_CLEANS.finditer(text, begun, end), _MOST))), None)
    if cleaner is None or _KEEPS.search(text, cleaner.end(), end) or "env_keep" in text or "!env_reset" in text:
        return []
    why = f"{cleaner['what']} gives it an environment of its own"
    return [(given, why) for given in islice(_GIVEN.finditer(text, 0, cleaner.start()), _MOST)]


def _of_the_shell(text: str, end: int) -> list[tuple[re.Match[str], str]]:
    """What the shell itself keeps or takes back, in lines of a script above the command."""
    found: list[tuple[re.Match[str], str]] = []
    script = text.lstrip().startswith("#!") and "spark-env" not in text  # which load-spark-env.sh reads under set -a
    for given in islice(_GIVEN.finditer(text, 0, end), _MOST):
        name, behind = given["name"], text[given.end() : end]
        before = text[text.rfind("\n", 0, given.start("name")) + 1 : given.start("name")]
        if re.search(rf"(?:(?m:^)|[;&])[ \t]*unset[ \t][^\n]{{0,80}}\b{name}\b", behind):
            found.append((given, "unset takes it back"))
        elif before.lstrip()[:1] == "(" and behind.lstrip()[:1] == ")":
            found.append((given, "the brackets around it are a shell of their own"))
        elif script and "export" not in given[0] and behind[:1] in ("\n", ";") and not _exports(text, name):
            found.append((given, "the script does not export it"))
    return found


def _exports(text: str, name: str) -> bool:
    """Whether a script exports a variable elsewhere, or all of them."""
    by_name = rf"\b(?:export|declare -x|typeset -x)[ \t][^\n]{{0,120}}\b{name}\b"
    return bool(re.search(rf"{by_name}|\bset -\w{{0,6}}a\b|allexport", text))


def _begins(text: str, at: int) -> int:
    """Where the line of a command begins, with the lines above that end in a backslash."""
    begun = text.rfind("\n", 0, at) + 1
    for _ in range(_MOST):
        if begun < 2 or not text.endswith("\\", 0, begun - 1):
            return begun
        begun = text.rfind("\n", 0, begun - 1) + 1
    return begun
