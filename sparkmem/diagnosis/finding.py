"""What is known of one failure: what it is, the texts by which it is told, what to look at and what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sparkmem.diagnosis.template import Template, template

CAUSE, CONSEQUENCE, CONTEXT, HARMLESS = KINDS = ("cause", "consequence", "context", "harmless")
PROCESSES = ("driver", "executor", "python worker", "application master", "none")
MASTER = PROCESSES[3]
"""The application master of YARN's client mode, which is no driver: in cluster mode it is."""
NOBODY = PROCESSES[-1]
"""``none`` is what no process of Spark's does: a node, a platform, a service."""
NOT_TOLD = "not told"
"""What the text leaves open: any process of Spark's, or none."""
REGIONS = (
    "heap", "overhead/native", "off-heap", "python", "container", "direct", "metaspace", "disk", "node",
    "elsewhere", "none",
)  # fmt: skip
"""``node``: what the machine has, for all of its processes; ``elsewhere``: a device's, or another program's."""
SERVICE = "service"
"""What is drawn of a JVM that serves others, as a NodeManager: it is in no container of Spark's."""
SAID, COMPUTED, POSSIBLE = CERTAINTIES = ("said", "computed", "possible")
MANAGERS = ("yarn", "kubernetes", "standalone", "local")


@dataclass(frozen=True)
class Text:
    """A text by which a finding is told; what is empty here the finding itself says.

    ``example`` holds it and ``numbers`` are what comes of it; ``near`` are texts that look like it and are none,
    ``also`` other findings that the example holds.  ``when``: a condition on the numbers, without which it says nothing.
    """

    text: str
    releases: tuple[str, ...] = ()
    process: str = ""
    region: str = ""
    certainty: str = ""
    managers: tuple[str, ...] = ()
    anchor: str = ""
    source: Mapping[str, str] = field(default_factory=dict)
    example: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    when: str = ""

    @cached_property
    def template(self) -> Template:
        """The text, to be looked for."""
        return template(self.text, self.anchor)


@dataclass(frozen=True)
class Look:
    """What to look at next, and the command that shows it, where there is one."""

    what: str
    command: str = ""
    manager: str = ""


@dataclass(frozen=True)
class Change:
    """A setting to change: ``value`` is a sum over the numbers of the text, or what is written as it stands.

    ``by`` is a sum by which to raise it, where the text does not tell what it is; ``above`` names numbers of the text
    that a value as it stands has to exceed: otherwise none is told.  ``only`` is what no driver has a key for: it is
    about executors, whatever else the finding is about.  ``below``: a value that is not below what the text has set is none.
    ``where``: words between ``|``, one of which has to be quoted.
    ``unless``: a sign of the surroundings (``signs``), or several between ``|``, beside which it is nothing to do;
    ``beside``: one without which it is nothing to do; ``when``: a condition on the numbers of the text, and on what it
    has set, without which it is nothing to do.
    """

    key: str
    value: str = ""
    why: str = ""
    by: str = ""
    above: tuple[str, ...] = ()
    only: bool = False
    below: bool = False
    where: str = ""
    unless: str = ""
    beside: str = ""
    when: str = ""


@dataclass(frozen=True)
class Figure:
    """A sentence with sums over the numbers of the text in it, ``{used / tasks:size}``; ``when``: a condition on them."""

    says: str
    when: str = ""


CONFIRMS, AGAINST, NAMES, MEANS = SHOWS = ("confirms", "against", "names", "means")
"""What a text's own words do to a finding: they settle it, speak against it, name what brought it about, or mean less
than they say."""


@dataclass(frozen=True)
class Evidence:
    """What else in the same text settles a finding, or speaks against it.

    ``says`` is a sentence with sums in it, as a figure's; ``when``: a condition on numbers, signs, settings and clues;
    ``unless``: a clue beside which it says nothing.  ``clue`` is the one whose line is quoted.  ``id``: the finding that it
    is then; empty for the same.  ``sign``: what advice knows it by.  ``region``: the memory that it is then.
    """

    when: str
    says: str
    shows: str = CONFIRMS
    clue: str = ""
    unless: str = ""
    id: str = ""
    sign: str = ""
    region: str = ""


@dataclass(frozen=True)
class Sharper:
    """A condition on the numbers under which the text tells another finding."""

    when: str
    id: str


@dataclass(frozen=True)
class Finding:
    """One failure, consequence, circumstance or harmless line; see the package for what each field means."""

    id: str
    title: str
    says: str
    kind: str
    process: str = ""
    region: str = "none"
    about: str = ""
    drawn: tuple[str, ...] = ()
    certainty: str = SAID
    explains: tuple[str, ...] = ()
    gives_way: tuple[str, ...] = ()
    over_with: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    generic: bool = False
    managers: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    see: str = ""
    words: tuple[str, ...] = ()
    disproved_by: str = ""
    not_to_do: str = ""
    calculator: Mapping[str, Any] = field(default_factory=dict)
    text: tuple[Text, ...] = ()
    look: tuple[Look, ...] = ()
    change: tuple[Change, ...] = ()
    sharper: tuple[Sharper, ...] = ()
    figure: tuple[Figure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    written_by: str = ""
    alike: tuple[str, ...] = ()
    family: str = ""

    @property
    def page(self) -> str:
        """The address of what treats it, from the site's root: its own page, or the section of what is in no family.

        >>> Finding("exit-52", "A", "It is.", CAUSE, see="reference/exit-codes.md#exit-52").page
        'reference/exit-codes/#exit-52'
        """
        if not self.family:
            path, hash, anchor = self.see.partition("#")
            return f"{path.removesuffix('.md')}/{hash}{anchor}"
        return f"errors/harmless/#{self.id}" if self.kind == HARMLESS else f"errors/{self.id}/"
