"""Variables that do not reach a command, as what runs it gives it an environment of its own.

``sudo`` keeps none of a shell's but by ``-E``, ``--preserve-env`` or the ``env_keep`` of its policy (``env_reset`` is on
where no policy says otherwise, sudoers(5)), ``su -`` begins a new login, ``env -i`` an empty one; ``ssh``, ``docker exec``
and ``kubectl exec`` start the command on another machine or in a container, with the variables that are there.
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
    r"(?P<value>\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|[^\s;&\"']{1,200})",
    re.MULTILINE,
)
_CLEANS = re.compile(
    r"(?<![\w./-])(?P<what>sudo|su -l?|runuser -l?|env -i|ssh|(?:docker|podman|nerdctl)(?:[ -]compose)? (?:exec|run)"
    r"|(?:kubectl|oc) (?:-n \S{1,60} )?exec)(?= )"
)
_KEEPS = re.compile(r"(?<= )(?:-[A-Za-z]{0,3}E[A-Za-z]{0,3}|--preserve-env|-[mp]\b|--env-file|--env|-e|-o SendEnv)(?=[ =])")
_WORDS = ("sudo ", "su -", "env -i", "ssh ", " exec ", "runuser ", " run ")
_MOST, _LONGEST = 20, 100_000


def apart(text: str) -> tuple[str, list[Lost]]:
    """The text without such variables, line for line, and each as lost; of several commands the first counts.

    >>> [one.key for one in apart("export SPARK_DRIVER_MEMORY=8g\\nsudo -u etl spark-submit a.py")[1]]
    ['spark.driver.memory']
    """
    if len(text) > _LONGEST or not holds(text, _WORDS) or "SPARK" not in text:
        return text, []
    command = COMMANDS_LINE.search(text)
    if command is None or "env_keep" in text or "!env_reset" in text:
        return text, []
    begun = _begins(text, command.end() - 1)
    cleaner = next(reversed(list(islice(_CLEANS.finditer(text, begun, command.end()), _MOST))), None)
    if cleaner is None or _KEEPS.search(text, cleaner.end(), command.end()):
        return text, []
    said, see = LOST[NOT_HANDED_ON]
    lost: list[Lost] = []
    for given in islice(_GIVEN.finditer(text, 0, cleaner.start()), _MOST):
        key = OPTIONS.get(ENVIRONMENT.get(given["name"], ""), given["name"])
        line = text.count("\n", 0, given.start("name")) + 1
        option = ENVIRONMENT.get(given["name"], "")
        write = f"write {option} among the options" if option else "write the options themselves"
        lost.append(Lost(NOT_HANDED_ON, line, key, said.format(given=cleaner["what"]), write, see))
        text = text[: given.start("name")] + blanked(text[given.start("name") : given.end()]) + text[given.end() :]
    return text, lost


def _begins(text: str, at: int) -> int:
    """Where the line of a command begins, with the lines above that end in a backslash."""
    begun = text.rfind("\n", 0, at) + 1
    for _ in range(_MOST):
        if begun < 2 or not text.endswith("\\", 0, begun - 1):
            return begun
        begun = text.rfind("\n", 0, begun - 1) + 1
    return begun
