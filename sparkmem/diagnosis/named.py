"""Names of errors for memory that ran out, and words that say so: what nothing else knows is not passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sparkmem.diagnosis.lines import Block

NAMED = "memory-error-unknown"
"""The finding of a name that stands beside no words that are known."""
_TELLING = (b"OutOf", b"OOM", b"OUT_OF_MEMORY", b" due to ", b" because of ")
_NAME = re.compile(
    rb"(?:^|(?<![0-9])[ \t]|[:(\[\"'>])(?:[\w$]{1,80}[./]){0,12}(?:(?:[A-Z]\w{0,60}?)?(?<!On)"
    rb"OutOf(?:[A-Z][a-z]{1,20})?Memory(?:[A-Z][a-z]{1,20}){0,3}(?:Error|Exception)|[A-Z]\w{0,60}[a-z]OOM)"
    rb"(?=[ \t]{0,4}(?:$|[:;\"'\[\\\r]|\.(?:$|[ \t])))"
)
_CODE = re.compile(rb"(?<![\w.\-])OUT_OF_MEMORY(?:_ERROR)?(?=[ \t]{0,4}(?:$|[:;,)\"'\]\r]|\.(?:$|[ \t])))")
"""A service's word for it, as Glue's category of an error."""
_ENDED_FOR = re.compile(
    rb"(?i)(?<!\w)(?<!no )(?<!not )(?<!never )(?:fail(?:ed|ure)|killed|terminated|aborted|exited|died|crashed|stopped)"
    rb"(?: [\w-]{1,30}){0,2} (?:due to|because of)"
    rb" (?:an? |the )?(?:out[- ]of[- ]memory|insufficient memory|(?:lack|shortage) of memory)\b"
)
"""Words that say of something that it ended for want of memory."""
_DENIED = re.compile(rb"(?i)(?<!\w)(?:no|not|never|none|neither|if|whether|may|might|would|could|can|be|should|when)(?!\w)")
_LISTED = re.compile(
    rb"class,load|\[Loaded |[0-9]:[ \t]{1,40}[0-9]{1,15}[ \t]{1,40}[0-9]{1,19}[ \t]"
    rb"|(?:^|[ \t])(?:import|catch|throws|case|//|\*) "
)
"""Lines of a list of classes, or of source code."""
_LONGEST = 2000
_BEFORE = 40


@dataclass
class Named:
    """The first line that says so [number, from 1], as it stands, and how many do."""

    line: int = 0
    quote: str = ""
    times: int = 0

    def see(self, block: Block) -> None:
        """Takes the new lines of a block.

        >>> from sparkmem.diagnosis.lines import blocks, of_text
        >>> seen = Named()
        >>> for block in blocks(of_text("-XX:+HeapDumpOnOutOfMemoryError\\nCaused by: x.OutOfPagesMemoryException: 9")):
        ...     seen.see(block)
        >>> seen.line, seen.times
        (2, 1)
        """
        for place in block.places(_TELLING):
            line = block.lines[place]
            if _says(line[:_LONGEST]):
                self.times += 1
                if not self.line:
                    self.line, self.quote = block.numbers[place], line.decode("utf-8", "replace").strip()[:600]


def _says(line: bytes) -> bool:
    """Whether a line names such an error, or says that something ended for want of memory.

    >>> _says(b"Command Failed due to Out of Memory"), _says(b"no task failed due to out of memory")
    (True, False)
    >>> _says(b"Error Category: OUT_OF_MEMORY_ERROR; Failed Line Number: 12"), _says(b"CUDA_ERROR_OUT_OF_MEMORY: x")
    (True, False)
    """
    small = line.lower()
    ended = _ENDED_FOR.search(line) if b"due to" in small or b"because of" in small else None
    denied = ended and _DENIED.search(line, max(0, ended.start() - _BEFORE), ended.end())
    named = _NAME.search(line) if b"Memory" in line or b"OOM" in line else None
    coded = _CODE.search(line) if b"OUT_OF_MEMORY" in line else None
    return bool(named or coded or (ended and not denied)) and not _LISTED.search(line)
