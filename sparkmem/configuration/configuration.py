"""What was read from a text: the settings that touch memory, what is known beside them, and what was passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from sparkmem.configuration.carried import carried, has_half_pair, safe_name
from sparkmem.configuration.deprecated import not_taken
from sparkmem.configuration.lost import NOT_IN_TEXT
from sparkmem.configuration.setting import Ignored, Lost, Said, Setting
from sparkmem.errors import SparkmemError
from sparkmem.record import record
from sparkmem.release import JAVA_CHOICES, RELEASES
from sparkmem.spark.settings.keys import About


class ConfigurationError(SparkmemError):
    """A text that cannot be read, or a configuration that a format cannot hold; the only error of this package."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {message}" if line else message)
        self.line = line


_CIRCUMSTANCES = {
    "cluster_manager": ("yarn", "kubernetes", "standalone", "local"),
    "deploy_mode": ("client", "cluster"),
    "language": ("jvm", "python", "r"),
    "release": tuple(RELEASES),
    "java": tuple(map(str, JAVA_CHOICES)),
}


@record
class Circumstances:
    """What a text says beside its settings, each under the name of the calculators' input; empty where it says nothing."""

    cluster_manager: str = ""
    deploy_mode: str = ""
    language: str = ""
    release: str = ""
    java: str = ""

    def __post_init__(self) -> None:
        for name, allowed in _CIRCUMSTANCES.items():
            text = getattr(self, name)
            if text and text not in allowed:
                raise ConfigurationError(f"{name.replace('_', '-')} {text!r} is not one of {', '.join(allowed)}")

    def as_inputs(self) -> dict[str, str]:
        """Those that are known, by the name of the input."""
        return {name.replace("_", "-"): text for name, text in vars(self).items() if text}


@record
class Configuration:
    """Settings in the order of the text, what is known beside them, and everything that was passed over.

    ``cluster`` holds settings of the cluster itself (``yarn-site``), which no application sets.  ``lost`` holds what
    was meant and does not count; ``said`` what the circumstances, the vendor and the like are concluded from.
    """

    settings: tuple[Setting, ...]
    circumstances: Circumstances = Circumstances()
    cluster: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[Ignored, ...] = ()
    remarks: tuple[Ignored, ...] = ()
    format: str = ""
    lost: tuple[Lost, ...] = ()
    said: tuple[Said, ...] = ()
    starts: bool = False
    """Whether it is a whole command, or object of an operator, which starts an application: two of them are two jobs."""

    @property
    def values(self) -> dict[str, str]:
        """Value by key.

        >>> configuration({"spark.executor.memory": "8g"}).values
        {'spark.executor.memory': '8g'}
        """
        return {setting.key: setting.value for setting in self.settings}

    @property
    def variables(self) -> tuple[str, ...]:
        """Names that a shell would have filled in, each once."""
        return tuple(dict.fromkeys(name for setting in self.settings for name in setting.variables))

    @property
    def unknown(self) -> dict[str, str]:
        """Keys that are set to what the text does not say, each with the reason: no default holds in their place."""
        values = self.values
        found = {lost.key: lost.text for lost in self.lost if lost.id == NOT_IN_TEXT and lost.key not in values}
        shell = {s.key: f"holds ${s.variables[0]}, which only the shell knows" for s in self.settings if s.variables}
        return found | shell

    @property
    def vendor(self) -> str:
        """Whose Spark it is, where the text says so: emr, databricks, glue, dataproc, synapse, fabric, hdinsight, ..."""
        return self.value_said("vendor")

    def value_said(self, name: str) -> str:
        """What the text says of a circumstance, by its name; empty where it says nothing."""
        return next((said.value for said in self.said if said.name == name), "")

    def inputs(self) -> dict[str, str]:
        """Inputs for ``evaluate``; a calculator takes those that it has."""
        return self.circumstances.as_inputs() | dict(self.cluster) | self.values

    def without(self, *keys: str) -> Configuration:
        """The same without these keys."""
        kept = tuple(setting for setting in self.settings if setting.key not in keys)
        return replace(self, settings=kept, cluster={k: v for k, v in self.cluster.items() if k not in keys})

    def losing(self, setting: Setting, lost: Lost) -> Configuration:
        """The same without a setting, which is named as lost, and as passed over for the same reason."""
        ignored = Ignored(setting.line, setting.written_as, lost.text)
        return replace(self.without(setting.key), lost=(*self.lost, lost), ignored=(*self.ignored, ignored))

    def about(self, release: str) -> list[About]:
        """What that release does not take as it stands: keys deprecated, or ignored, each with what to write instead."""
        return not_taken(self.values, release)

    def as_dict(self) -> dict[str, object]:
        """The configuration as plain data."""
        return {
            "format": self.format,
            "settings": [vars(s) | {"variables": list(s.variables)} for s in self.settings],
            "circumstances": self.circumstances.as_inputs(),
            "cluster": dict(self.cluster),
            "ignored": [item.as_dict() for item in self.ignored],
            "remarks": [item.as_dict() for item in self.remarks],
            "lost": [item.as_dict() for item in self.lost],
            "unknown": self.unknown,
            "said": [item.as_dict() for item in self.said],
        }


def configuration(values: Mapping[str, str], **circumstances: str) -> Configuration:
    """A configuration made of values rather than read, for those who write one.

    >>> configuration({}, language="python", cluster_manager="yarn").inputs()
    {'cluster-manager': 'yarn', 'language': 'python'}
    """
    for key, value in values.items():
        if not carried(key):
            raise ConfigurationError(f"{safe_name(key)} is not a memory setting")
        if has_half_pair(value):
            raise ConfigurationError(f"the value of {key} is not text: half of a surrogate pair")
    return Configuration(tuple(Setting(key, value) for key, value in values.items()), Circumstances(**circumstances))
