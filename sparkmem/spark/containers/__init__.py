"""Containers: what an application asks of YARN, Kubernetes or a standalone master, and what has to fit into it."""

from typing import Final

MANAGERS: Final = {"yarn": "YARN", "kubernetes": "Kubernetes", "standalone": "a standalone cluster", "local": "local mode"}
"""How a cluster manager stands in a sentence, by the name that an input gives it."""

LANGUAGES: Final = {"jvm": "Scala or Java", "python": "Python", "r": "R"}
"""How an application's language stands in a sentence, by the name that an input gives it."""
