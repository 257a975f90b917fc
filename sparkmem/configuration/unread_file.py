"""``spark-defaults.conf`` beside a command that names a file of its own, in whose place that file is read.

``--properties-file`` takes the place of the file of defaults (``SparkSubmitArguments.mergeDefaultSparkProperties``), in 4.0
and later too, but with ``--load-spark-defaults`` there.
"""

from __future__ import annotations

import re
from itertools import islice

from sparkmem.configuration.carried import carried
from sparkmem.configuration.lost import FILE_NOT_READ, LOST
from sparkmem.configuration.piece import blanked
from sparkmem.configuration.setting import Lost

_NAMED = re.compile(r"(?:--properties-file[= \"',]{1,6}|\bproperties_file\s{0,3}=\s{0,3}[\"'])([\w./~${}:-]{1,200})")
_DEFAULTS = "spark-defaults.conf"
_HEAD = re.compile(
    rf"^(?=[^\n]{{0,200}}{re.escape(_DEFAULTS)})(?![ \t]*spark\.)[^\n]{{0,200}}{re.escape(_DEFAULTS)}"
    r"(?:[`'\"*)]{0,3}[ \t]{0,3}(?::|says|has|\(|-{2,9}|={2,9}|\||\#|$)[^\n]{0,80})?$",
    re.MULTILINE,
)
_ENTRY = re.compile(r"[ \t]{0,20}(spark\.[\w.]{2,90})(?:[ \t]{0,9}[=:][ \t]{0,9}|[ \t]{1,80})\S[^\n]{0,1000}")
_BETWEEN = re.compile(r"[ \t]*(?:#[^\n]*|```\w{0,12}|\.\.\.)?[ \t]*")
_MOST, _MOST_LINES = 6, 400


def apart(text: str) -> tuple[str, list[Lost]]:
    """The text without what such a file of defaults holds, line for line, and what of memory was in it.

    >>> [one.key for one in apart("$ cat spark-defaults.conf\\nspark.executor.memory 9g\\n"
    ...     "$ spark-shell --properties-file own.conf")[1]]
    ['spark.executor.memory']
    """
    if _DEFAULTS not in text or "properties" not in text or "--load-spark-defaults" in text:
        return text, []
    names = {one[1].rpartition("/")[2] for one in islice(_NAMED.finditer(text), _MOST)}
    if not names or any(name.startswith(("$", _DEFAULTS)) for name in names):
        return text, []
    lines = text.split("\n")
    lost: list[Lost] = []
    said, see = LOST[FILE_NOT_READ]
    for head in islice(_HEAD.finditer(text), _MOST):
        if "properties" in head[0]:
            continue
        number = text.count("\n", 0, head.start()) + 1
        for at in range(number, min(len(lines), number + _MOST_LINES)):
            entry = _ENTRY.fullmatch(lines[at])
            if entry is None and not _BETWEEN.fullmatch(lines[at]):
                break
            if entry:
                if carried(entry[1]):
                    lost.append(Lost(FILE_NOT_READ, at + 1, entry[1], said, f"write it into {sorted(names)[0]}", see))
                lines[at] = blanked(lines[at])
            elif not lines[at].strip() and at + 1 < len(lines) and not _ENTRY.fullmatch(lines[at + 1]):
                break
    return "\n".join(lines), lost
