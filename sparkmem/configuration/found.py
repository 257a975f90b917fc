"""What a reader gathers while it goes through a text; it decides for all formats alike what is carried on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sparkmem.configuration.another_job import OF_ANOTHER, of_another
from sparkmem.configuration.branches import Branches
from sparkmem.configuration.carried import (
    CLUSTER_KEYS,
    JAVA_OPTIONS,
    carried,
    has_half_pair,
    safe_name,
    shaped,
)
from sparkmem.configuration.configuration import Configuration
from sparkmem.configuration.gathered import MODE, Gathered
from sparkmem.configuration.java_words import memory_flags
from sparkmem.configuration.lost import SET_TOO_LATE
from sparkmem.configuration.passed_over import NOT_MEMORY
from sparkmem.configuration.same_value import is_same
from sparkmem.configuration.setting import Ignored, Setting
from sparkmem.configuration.slips import name_value, pass_over
from sparkmem.configuration.submit_options import ENVIRONMENT
from sparkmem.errors import Refused
from sparkmem.refusals import start
from sparkmem.release import NEWEST

TOO_LATE = "too late where spark-submit starts the driver: it has to be among the options of the command"
LAUNCHED = "given to the JVM that SparkLauncher starts"
OF_THE_DRIVERS_JVM = (
    "spark.driver.memory", "spark.driver.memoryOverhead", "spark.driver.memoryOverheadFactor",
    "spark.yarn.driver.memoryOverhead", "spark.driver.extraJavaOptions", "spark.driver.defaultJavaOptions",
)  # fmt: skip
"""Keys that what starts the driver reads, and the driver itself no more."""
_SIZED = re.compile(r"spark\.(driver|executor)\.(?:resource_?[sS]pec|shape|[nN]ode[sS]ize|workerType)")
_BESIDE_EACH_OTHER = ("any-text", "code", "json", "yaml")
"""Forms in which a value does not follow upon another of the same key: each stands in a part of its own."""
_OF_YARNS_FILES = ("emr-json", "properties-xml", "json", "yaml", "hcl", "dataproc")
"""Forms whose values YARN itself is given, as it reads its numbers: ``Configuration.getInt`` takes none with a unit."""
_WITH_A_UNIT = re.compile(r"\s{0,3}(\d{1,9})\s{0,3}([mMgGtT])i?[bB]?\s{0,3}")
_MIB = {"m": 1, "g": 1 << 10, "t": 1 << 20}
_OF_SPARKLYR = "sparklyr.shell."
_DEFAULT = re.compile(r"\$\{\w{1,60}:?-([^{}$]{1,60})\}")


class Found(Gathered):
    """The settings found so far, by key, and all that was passed over."""

    def __init__(self, format: str) -> None:
        super().__init__(format)
        self.settings: dict[str, Setting] = {}
        self.cluster: dict[str, str] = {}
        self.beside: dict[str, tuple[str, int]] = {}
        """What sizes no memory, and may end a start; empty where the text does not hold the value."""
        self.branches: Branches | None = None
        self.merged = False
        """Whether the text puts one table over another, so that two values of a key are of one job."""

    def setting(
        self, key: str, value: str, line: int, written_as: str = "", variables: tuple[str, ...] = (), *, keep: bool = False
    ) -> None:
        """Take one pair; the last one of a key counts, or with ``keep`` the first."""
        if has_half_pair(value):
            self.ignore(line, safe_name(key), "not text: half of a surrogate pair")
        elif key == "spark.master":
            self.master(value, line, variables)
        elif key == MODE and (written_as in ("", key, "--deploy-mode") or value in ("client", "cluster")):
            self.deploy_mode(value, line, variables)
        elif key in CLUSTER_KEYS:
            self.cluster_setting(key, value, line)
        elif not carried(key):
            pass_over(self, key, line)
            if key[-1:] == "." and carried(meant := key + re.split(r"[\s=:]", value.strip(), maxsplit=1)[0][:60]):
                self.lose("key-has-space", line, meant, f"write {meant}")
            if sized := _SIZED.fullmatch(key):
                name = safe_name(written_as or key)
                self.hole(f"spark.{sized[1]}.memory", line, f"{name} is a size of the platform's")
            if key in start.KEYS:
                self.beside[key] = value if shaped(value) else "", line
        elif keep and key in self.settings:
            self.ignore(line, key, f"set already on line {self.settings[key].line}")
        elif key not in JAVA_OPTIONS and not shaped(value, variables):
            default = _DEFAULT.fullmatch(value.strip()[:200])
            if default and shaped(default[1]):
                self.remark(line, safe_name(key), "where the variable is not set: its default in the text is taken")
                self._take(Setting(key, default[1], line, written_as or key))
            else:
                name_value(self, key, value, line)
        else:
            self._take(Setting(key, value, line, written_as or key, variables))

    def hole(self, key: str, line: int, reason: str) -> None:
        """Name a setting whose value the text does not hold, or a key that is meant for one."""
        if carried(key):
            super().hole(key, line, reason)
        elif key.startswith("spark."):
            pass_over(self, key, line)

    def displaced(self, key: str, line: int, reason: str) -> None:
        """A setting whose value the text does not hold, in the place of what an earlier line gave it."""
        earlier = self.settings.get(key)
        if self.branches and self.branches.never(line):
            return
        if earlier and earlier.line < line:
            self.drop(key, f"{key} on line {line} comes later")
        self.hole(key, line, reason)

    def cluster_setting(self, key: str, value: str, line: int) -> None:
        """Take one pair that says something of the cluster itself."""
        if key in CLUSTER_KEYS and shaped(value, ()):
            unit = _WITH_A_UNIT.fullmatch(value) if self.format in _OF_YARNS_FILES and key.endswith("-mb") else None
            if unit:
                self.lose("value-not-readable", line, key, f"write {int(unit[1]) * _MIB[unit[2].lower()]}, a number of MiB")
            else:
                self.cluster[key] = value
        elif key in CLUSTER_KEYS:
            name_value(self, key, value, line)
        else:
            self.ignore(line, safe_name(key), NOT_MEMORY)

    def _take(self, setting: Setting) -> None:
        if self.branches and self.branches.never(setting.line):
            self.ignore(setting.line, setting.written_as, "in a branch whose condition does not hold in this text")
            return
        kept = memory_flags(self, setting) if setting.key in JAVA_OPTIONS else setting
        if kept is not None:
            self._put(kept)

    def _put(self, setting: Setting) -> None:
        """Keep a setting in the place of an earlier one of its key, of which it is said what it was."""
        earlier = self.settings.get(setting.key)
        if earlier and setting.written_as in ENVIRONMENT and earlier.written_as not in ENVIRONMENT:
            verb = "has the same" if is_same(setting.key, earlier.value, setting.value) else "wins"
            self.ignore(setting.line, setting.written_as, f"{earlier.written_as} on line {earlier.line} {verb}")
            return
        self.settings.pop(setting.key, None)
        if earlier and _OF_SPARKLYR in earlier.written_as + setting.written_as and self._by_sparklyr(earlier, setting):
            return
        if earlier and self.branches and earlier.value != setting.value and self.branches.part(earlier.line, setting.line):
            self.hole(setting.key, setting.line, f"a condition decides between it and that on line {earlier.line}")
            return
        if earlier:
            verb = "has the same" if is_same(setting.key, earlier.value, setting.value) else "comes later"
            self.ignore(earlier.line, earlier.written_as, f"{setting.written_as} on line {setting.line} {verb}")
            stronger = earlier.written_as in ENVIRONMENT and setting.written_as not in ENVIRONMENT
            apart = self.format in _BESIDE_EACH_OTHER and not self.merged and not stronger
            if apart:
                self.apart([earlier], {setting.key: setting.value})
        self.settings[setting.key] = setting

    def _by_sparklyr(self, *both: Setting) -> bool:
        """Keep one of an entry for sparklyr's shell and one for Spark itself, where the two are that.

        The shell's are options of spark-submit, before the JVM starts (``spark_config_shell_args``); the others are put
        into the SparkConf behind it, which goes before options, and comes too late for the driver's JVM.
        """
        of_shell = [one for one in both if _OF_SPARKLYR in one.written_as]
        if len(of_shell) != 1:
            return False
        shell, own = of_shell[0], next(one for one in both if one is not of_shell[0])
        wins, loses = (shell, own) if own.key in OF_THE_DRIVERS_JVM else (own, shell)
        if wins is shell and shell.value != own.value:
            self.lose(SET_TOO_LATE, own.line, own.key, f"write its value for {shell.written_as}", own.value)
        else:
            self.ignore(loses.line, loses.written_as, f"{wins.written_as} on line {wins.line} wins")
        self.settings[wins.key] = wins
        return True

    def apart(self, others: Iterable[Setting], read: Mapping[str, str], *, alone: bool = False) -> None:
        """Name the sizes of another job among others, beside what is read: see ``of_another``."""
        for one in of_another(others, read, alone=alone):
            self.lose(OF_ANOTHER, one.line, one.key, "", one.value)

    def drop(self, key: str, reason: str) -> None:
        """Pass over a setting that was taken."""
        setting = self.settings.pop(key, None)
        if setting:
            self.ignore(setting.line, setting.written_as, reason)

    def _check_start(self) -> None:
        """Name what sizes no memory and ends a start all the same; the last lines that the text has of it count."""
        try:
            start.check({key: text for key, (text, _) in self.beside.items()}, self.circumstances.release or NEWEST)
        except Refused as refused:
            line = max(line for _, line in self.beside.values())
            id = "encryption-without-authentication" if refused.key == start.AUTHENTICATE else "heartbeat-too-slow"
            self.lose(id, line, refused.key, refused.change)

    def configuration(self) -> Configuration:
        """All that was found."""
        if self.beside and all(text for text, _ in self.beside.values()):
            self._check_start()
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
            tuple(sorted(self.losses, key=lambda item: item.line)),
            tuple(self.said),
        )
