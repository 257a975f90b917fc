"""Texts that a reader of failures has most work with: what is known, begun again and again, and what is nothing."""

import random

MEGABYTE = 1_000_000
PIECES = {
    "one literal again and again": "Container killed by YARN for exceeding physical memory limits. ",
    "its beginning again and again": "java.lang.OutOfMemoryError: ",
    "one long line": "x",
    "digits": "1",
    "numbers and units": "1.5 GB of ",
    "backslashes": "\\",
    "escapes": "\x1b[",
    "tags": "<span ",
    "processes of a container": "|- 1 2 3 4 (java) 1 2 3 4 java -Xmx1g\n",
    "clues of other programs": "Deny TCP docker run -m since 1:23 to GC time I did -> a no effect MEM_LIMIT= ",
    "questions": "is the driver maybe OOM killed I think we ",
    "lines of a GC log": "[1.0s][info][gc] GC(1) Pause Full (G1 Compaction Pause) 9M->8M(9M) 1.0ms\n",
}


def texts(length: int = MEGABYTE) -> dict[str, str]:
    """Each kind of text by its name, so many characters long."""
    found = {name: piece * (length // len(piece)) for name, piece in PIECES.items()}
    found["line ends"] = "x" + "\n" * (length - 1)  # with a letter, without which the page takes it for nothing
    lines = (f"{n:x} Command exited with code{chr(97 + n % 26) * (n % 90)}\n" for n in range(length // 40))
    found["lines of their own"] = "".join(lines)[:length]
    classes = (f"Caused by: a.b.C{n:x}Exception:{' ' if n % 50 else chr(10)}" for n in range(length // 20))
    found["classes of exceptions"] = "".join(classes)[:length]
    noise = random.Random(7)
    found["noise"] = "".join(noise.choices("abcdefghijkl memory\n", k=length))
    return found
