"""What every answer says of flags that a JVM does not know, where nothing refuses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sparkmem.answer.note import Note
from sparkmem.jvm.dead_flags import dead_flags
from sparkmem.refusals.java_options import SEE, keys_of_options, passes_over_unknown
from sparkmem.refusals.job import Job
from sparkmem.release import JAVA_VERSIONS


def dead_flag_notes(job: Job, java: int) -> Iterator[Note]:
    """What dead flags do, where it is not the JVM that refuses them: all that the same Javas know in one note.

    >>> job = Job({"spark.executor.extraJavaOptions": "-XX:+UseConcMarkSweepGC"}, "4.3", "yarn", java=17)
    >>> [note.id for note in dead_flag_notes(job, 17)]
    ['dead-flag']
    """
    for key in keys_of_options(job):
        silent = passes_over_unknown(job, key)
        if job.java and not silent:
            continue  # refused
        options = job.settings[key]
        dead: dict[tuple[int, ...], list[str]] = {}
        for said in dead_flags(options, java):
            known = (older for older in JAVA_VERSIONS if older < java and said not in dead_flags(options, older))
            dead.setdefault(tuple(known), []).append(said)
        for known_to, found in dead.items():
            told = _passed_over(found, key, java, known_to)
            yield Note("dead-flag", told if silent else _stopped(found, key, java, known_to, job.release), SEE, "warning")


def _passed_over(found: Sequence[str], key: str, java: int, known_to: Sequence[int]) -> str:
    many = len(found) > 1
    it, does = ("them", "do") if many else ("it", "does")
    text = f"{_listed([_flag(said) for said in found])} in {key} {does} nothing on Java {java}, which does not know {it}"
    text += " and starts without a word, as Spark adds -XX:+IgnoreUnrecognizedVMOptions since 3.3."
    text += f" {'They are' if many else 'It is'} of Java 8 or older"
    if not known_to:
        return f"{text}."
    still = f"Java {_listed(list(map(str, known_to)))} still know{'s' * (len(known_to) == 1)}"
    return f"{text}, and {still} {it}."


def _stopped(found: Sequence[str], key: str, java: int, known_to: Sequence[int], spark: str) -> str:
    text = f"A JVM of Java {java} does not start with {key}: {'; '.join(found)}. "
    starting = _listed(["Java 8", *map(str, known_to)])
    return text + f"{starting} {'do' if known_to else 'does'}, and Spark {spark} runs on {'them' if known_to else 'it'}."


def _listed(words: Sequence[str]) -> str:
    """
    >>> _listed(["a"]), _listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _flag(said: str) -> str:
    """The flag of which a JVM says that it does not know it.

    >>> _flag("Unrecognized VM option 'MaxPermSize=256m'")
    'MaxPermSize=256m'
    """
    return said.split("'")[1]
