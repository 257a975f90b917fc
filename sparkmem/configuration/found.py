"""What a reader gathers while it goes through a text; it decides for all formats alike what is carried on."""

from __future__ import annotations

import re
from dataclasses import replace

from sparkmem.configuration.carried import (
    CLUSTER_KEYS,
    JAVA_OPTIONS,
    carried,
    cluster_manager,
    has_half_pair,
    java_options,
    safe_name,
)
from sparkmem.configuration.configuration import Circumstances, Configuration, Ignored, Setting
from sparkmem.release import RELEASES
from sparkmem.spark.settings.keys import KEYS, misspelt, nearest

NOT_MEMORY = "not a memory setting"
MOST_NAMED = 500
_MEMORY_WORDS = re.compile("memory|overhead|heap", re.IGNORECASE)
_OLD_MASTERS = {"yarn-client": "client", "yarn-cluster": "cluster"}


class Found:
    """The settings found so far, by key, and all that was passed over."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.settings: dict[str, Setting] = {}
        self.cluster: dict[str, str] = {}
        self.ignored: list[Ignored] = []
        self.remarks: list[Ignored] = []
        self.left_out = 0
        self.circumstances = Circumstances()

    def setting(
        self, key: str, value: str, line: int, written_as: str = "", variables: tuple[str, ...] = (), *, keep: bool = False
    ) -> None:
        """Take one pair; the last one of a key counts, or with ``keep`` the first."""
        if has_half_pair(value):
            self.ignore(line, safe_name(key), "not text: half of a surrogate pair")
        elif key == "spark.master":
            self.master(value, line, variables)
        elif key == "spark.submit.deployMode":
            self.deploy_mode(value, line, variables)
        elif not carried(key):
            self.ignore(line, safe_name(key), NOT_MEMORY if self.left_out else _why_not(key))
        elif keep and key in self.settings:
            self.ignore(line, key, f"set already on line {self.settings[key].line}")
        else:
            self._take(Setting(key, value, line, written_as or key, variables))

    def cluster_setting(self, key: str, value: str, line: int) -> None:
        """Take one pair that says something of the cluster itself."""
        if key in CLUSTER_KEYS and not has_half_pair(value):
            self.cluster[key] = value
        else:
            self.ignore(line, safe_name(key), NOT_MEMORY)

    def _take(self, setting: Setting) -> None:
        if setting.key in JAVA_OPTIONS:
            kept, others = java_options(setting.value)
            for name in others:
                self.ignore(setting.line, f"{setting.key} {name}", "not a JVM flag that sizes memory")
            if not kept:
                return
            setting = replace(setting, value=kept, variables=())
        earlier = self.settings.pop(setting.key, None)
        if earlier:
            self.ignore(earlier.line, earlier.written_as, f"{setting.written_as} on line {setting.line} comes later")
        self.settings[setting.key] = setting

    def drop(self, key: str, reason: str) -> None:
        """Pass over a setting that was taken."""
        setting = self.settings.pop(key, None)
        if setting:
            self.ignore(setting.line, setting.written_as, reason)

    def ignore(self, line: int, text: str, reason: str) -> None:
        """Name something passed over; ``text`` holds no value."""
        self.left_out += len(self.ignored) >= MOST_NAMED
        if not self.left_out:
            self.ignored.append(Ignored(line, text, reason))

    def remark(self, line: int, text: str, reason: str) -> None:
        """Name something about what was taken."""
        self.remarks.append(Ignored(line, text, reason))

    def know(self, **circumstances: str) -> None:
        """Keep what is known beside the settings; an empty text says nothing."""
        self.circumstances = replace(self.circumstances, **{k: v for k, v in circumstances.items() if v})

    def master(self, url: str, line: int, variables: tuple[str, ...] = ()) -> None:
        """Keep the cluster manager of a master URL; hosts are not carried on."""
        url = url.strip()
        manager = cluster_manager(url)
        if manager:
            self.know(cluster_manager=manager)
        elif url in _OLD_MASTERS:
            self.know(cluster_manager="yarn", deploy_mode=_OLD_MASTERS[url])
            self.remark(line, "spark.master", f"{url} is refused since 3.0: write yarn, and the deploy mode apart")
        else:
            what = f"a shell variable, ${variables[0]}" if variables else "not yarn, k8s://, spark:// or local"
            self.ignore(line, "spark.master", what)

    def deploy_mode(self, mode: str, line: int, variables: tuple[str, ...] = ()) -> None:
        """Keep the deploy mode, where it is one."""
        if mode in ("client", "cluster"):
            self.know(deploy_mode=mode)
        else:
            what = f"a shell variable, ${variables[0]}" if variables else "neither client nor cluster"
            self.ignore(line, "spark.submit.deployMode", what)

    def spark_version(self, text: str) -> None:
        """Keep the release of a full version, where the model knows it."""
        minor = ".".join(text.strip().split(".")[:2])
        if minor in RELEASES:
            self.know(release=minor)

    def configuration(self) -> Configuration:
        """All that was found."""
        for setting in self.settings.values():
            if setting.variables:
                names = ", ".join(f"${name}" for name in setting.variables)
                self.remark(setting.line, setting.key, f"holds {names}, which only the shell knows")
        in_order = sorted(self.ignored, key=lambda item: item.line)
        if self.left_out:
            in_order.append(Ignored(0, "…", f"{self.left_out} more, not listed"))
        return Configuration(
            tuple(self.settings.values()),
            self.circumstances,
            dict(self.cluster),
            tuple(in_order),
            tuple(self.remarks),
            self.format,
        )


def _why_not(key: str) -> str:
    if key in KEYS:
        return NOT_MEMORY
    near = misspelt(key)
    if near:
        return f"no key of Spark: did you mean {near}?"
    if key.startswith("spark.") and len(key) <= 80 and _MEMORY_WORDS.search(key):
        near = nearest(key)
        return "not among the memory settings that we know" + (f"; the nearest is {near}" if near else "")
    if not key.startswith("spark."):
        return "not a key of Spark: those begin with spark."
    return NOT_MEMORY
