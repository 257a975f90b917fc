"""Where ``spark-submit`` lets no driver run, in its words (``SparkSubmit.prepareSubmitEnvironment``).

Read in the classes of 2.4.8 and of 4.3.0, which say the same.
"""

from __future__ import annotations

SEE_LOCAL, SEE_STANDALONE = "memory/executors/#local-mode", "memory/standalone/#cluster-mode"

_LANGUAGES = {"python": "python", "r": "R"}


def deploy_mode_refusal(manager: str, deploy_mode: str, language: str) -> tuple[str, str]:
    """What it says of this deploy mode, and the section that explains it; two empty texts where it starts.

    >>> deploy_mode_refusal("local", "cluster", "jvm")[0], deploy_mode_refusal("yarn", "cluster", "python")[0]
    ('Cluster deploy mode is not compatible with master "local"', '')
    """
    if deploy_mode != "cluster":
        return "", ""
    if manager == "local":
        return 'Cluster deploy mode is not compatible with master "local"', SEE_LOCAL
    if manager == "standalone" and language in _LANGUAGES:
        applications = f"{_LANGUAGES[language]} applications on standalone clusters"
        return f"Cluster deploy mode is currently not supported for {applications}.", SEE_STANDALONE
    return "", ""
