"""What a reader says beside the settings that it takes: passed over, remarked on, lost, and who runs the job."""

from __future__ import annotations

import re

from sparkmem.configuration.carried import carried, cluster_manager
from sparkmem.configuration.configuration import Circumstances
from sparkmem.configuration.lost import LOST, NOT_IN_TEXT
from sparkmem.configuration.setting import Ignored, Lost, Said
from sparkmem.release import RELEASES

MOST_NAMED = 500
MODE = "spark.submit.deployMode"
_OTHER_MASTERS = {
    "mesos": "mesos", "zk://": "mesos", "local-cluster": "local-cluster", "sc://": "connect", "databricks": "databricks",
}  # fmt: skip
_NOT_MODELLED = "its containers are not computed here"
_OLD_MASTERS = {"yarn-client": "client", "yarn-cluster": "cluster"}
TEMPLATE = re.compile(
    r"\{\{|\{%|\$\{|\$\(|<[A-Za-z_ -]{1,60}>|%\([a-z_]{1,60}\)s|\{[A-Za-z_]\w{0,60}\}|\$[A-Za-z_]|%[A-Z_]{1,60}%"
    r"|\{[0-9]?\}|%[sd](?![\w%])|<%|^@\{?[a-z]\w{0,40}\("
)


class Gathered:
    """What was said so far of a text in one form."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.ignored: list[Ignored] = []
        self.remarks: list[Ignored] = []
        self.losses: list[Lost] = []
        self.said: list[Said] = []
        self.left_out = 0
        self.circumstances = Circumstances()

    def lose(self, id: str, line: int, key: str, write: str = "", given: str = "") -> None:
        """Name a memory setting that the text means and Spark does not get; each once."""
        said, see = LOST[id]
        lost = Lost(id, line, key, said.format(given=given or key), write, see)
        if lost not in self.losses[-20:] and len(self.losses) < MOST_NAMED:
            self.losses.append(lost)

    def hole(self, key: str, line: int, reason: str) -> None:
        """Name a setting whose value the text does not hold."""
        if carried(key):
            self.lose(NOT_IN_TEXT, line, key, "", reason)

    def of_the_job(self, name: str, line: int) -> bool:
        """Name a key of Spark's that is written as a parameter of the job's own; whether it is one."""
        key = name.removeprefix("--").split("=", 1)[0]
        if not name.startswith("--spark.") or not carried(key):
            return False
        self.ignore(line, f"--{key}", LOST["parameter-of-the-job"][0])
        self.lose("parameter-of-the-job", line, key, f"write it behind --conf, as {key}=VALUE")
        return True

    def say(self, name: str, value: str, line: int, words: str) -> None:
        """Keep what a circumstance is concluded from, in the words of the text that cannot be secret."""
        self.said.append(Said(name, value, line, words))

    def ignore(self, line: int, text: str, reason: str) -> None:
        """Name something passed over; ``text`` holds no value."""
        self.left_out += len(self.ignored) >= MOST_NAMED
        if not self.left_out:
            self.ignored.append(Ignored(line, text, reason))

    def remark(self, line: int, text: str, reason: str) -> None:
        """Name something about what was taken; the first of many, as what was taken stands in the settings itself."""
        if len(self.remarks) < MOST_NAMED:
            self.remarks.append(Ignored(line, text, reason))

    def know(self, **circumstances: str) -> None:
        """Keep what is known beside the settings; an empty text says nothing."""
        if said := {name: text for name, text in circumstances.items() if text}:
            self.circumstances = Circumstances(**{**vars(self.circumstances), **said})

    def master(self, url: str, line: int, variables: tuple[str, ...] = ()) -> None:
        """Keep the cluster manager of a master URL; hosts are not carried on."""
        url = url.strip().strip("\"'")
        manager = cluster_manager(url)
        kind = next((kind for start, kind in _OTHER_MASTERS.items() if url.startswith(start)), "")
        if manager:
            self.know(cluster_manager=manager)
            self.say("cluster-manager", manager, line, "spark.master")
        if kind:
            self.say("master", kind, line, "spark.master")
        if url in _OLD_MASTERS:
            self.know(cluster_manager="yarn", deploy_mode=_OLD_MASTERS[url])
            self.say("cluster-manager", "yarn", line, url)
            self.say("deploy-mode", _OLD_MASTERS[url], line, url)
            self.remark(line, "spark.master", f"{url} is refused since 3.0: write yarn, and the deploy mode apart")
        elif not manager:
            what = "its value is not in the text" if TEMPLATE.search(url[:2000]) else "not yarn, k8s://, spark:// or local"
            what = f"a shell variable, ${variables[0]}" if variables else what
            self.ignore(line, "spark.master", f"{kind}: {_NOT_MODELLED}" if kind else what)

    def deploy_mode(self, mode: str, line: int, variables: tuple[str, ...] = ()) -> None:
        """Keep the deploy mode, where it is one."""
        if mode in ("client", "cluster"):
            self.know(deploy_mode=mode)
            self.say("deploy-mode", mode, line, mode)
        else:
            what = f"a shell variable, ${variables[0]}" if variables else "neither client nor cluster"
            self.ignore(line, MODE, what)
            if mode and not variables and not TEMPLATE.search(mode[:2000]):
                self.lose("deploy-mode-unknown", line, MODE, "write client or cluster")

    def spark_version(self, text: str) -> None:
        """Keep the release of a full version, where the model knows it."""
        minor = ".".join(text.strip().split(".")[:2])
        if minor in RELEASES:
            self.know(release=minor)
