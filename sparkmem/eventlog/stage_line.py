"""The line of a stage without what nobody asks of it: RDDs where none of them is kept, and the properties of its job.

They are most of the line.  A quotation mark inside a text is escaped, so that what is looked for here is a key.
"""

from __future__ import annotations

_RDDS = b',"RDD Info":[{'
_AFTER_RDDS = b'}],"Parent IDs":['
_KEPT = tuple(f'"{name}":true'.encode() for name in ("Use Memory", "Use Off Heap", "Use Disk", "Deserialized"))
_PROPERTIES = b'},"Properties":{"'


def short_stage(line: bytes) -> bytes:
    """The line, shorter where that loses nothing.

    >>> short_stage(b'{"Stage Info":{"Stage ID":1,"RDD Info":[{"RDD ID":2,"Parent IDs":[1]}],"Parent IDs":[],"Details":""}}')
    b'{"Stage Info":{"Stage ID":1,"Parent IDs":[],"Details":""}}'
    >>> short_stage(b'{"Stage Info":{"Stage ID":1},"Properties":{"spark.app.name":"a"}}')
    b'{"Stage Info":{"Stage ID":1}}'
    """
    start = line.find(_RDDS)
    end = line.find(_AFTER_RDDS, start) if start >= 0 else -1
    if end >= 0 and not any(line.find(word, start, end) >= 0 for word in _KEPT):
        line = line[:start] + line[end + 2 :]
    properties = line.rfind(_PROPERTIES)
    return line[:properties] + b"}}" if properties >= 0 and line.endswith(b'"}}') else line
