"""What carries a command into a container that runs: ``docker compose exec SERVICE``, ``kubectl exec POD --``."""

from __future__ import annotations

import re

_INTO = re.compile(
    r"^[ \t]{0,8}(?:sudo )?(?:(?:docker|podman|nerdctl)"
    r"(?:[ -]compose(?: -[fp] ?\S{1,80}){0,4} (?:exec|run)|(?: container)? exec)"
    r"|(?:kubectl|oc)(?: (?:-n|--namespace|--context)[= ]\S{1,80}){0,3} exec)"
    r"(?: (?:-[itTd]{1,3}|--rm|--tty|--stdin|--interactive|--no-deps"
    r"|(?:-[ncuw]|--namespace|--container|--user|--workdir)[= ]\S{1,80})(?= )){0,8}"
    r" [\w./:@${}-]{1,120}(?: (?:-[it]{1,2}|(?:-[nc]|--namespace|--container)[= ]\S{1,80})(?= )){0,4}(?: --)? "
    r"(?=(?:[\w./${}-]{0,80}/)?(?:spark[23]?-(?:submit|shell|sql)|pyspark)\b)",
    re.MULTILINE,
)


def peel(text: str) -> str:
    """The text with the command itself, line for line.

    >>> peel("docker compose exec -T master spark-submit a.py\\nkubectl exec -it pod/x -- /opt/spark/bin/spark-submit b.py")
    'spark-submit a.py\\n/opt/spark/bin/spark-submit b.py'
    """
    return _INTO.sub("", text) if " exec" in text or " run" in text else text
