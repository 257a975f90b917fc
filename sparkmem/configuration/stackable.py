"""What Stackable's operator has beside the fields of a ``SparkApplication``: roles, overrides of files, and resources."""

from __future__ import annotations

from sparkmem.configuration.carried import shaped
from sparkmem.configuration.found import Found
from sparkmem.configuration.operator_nodes import take_field
from sparkmem.configuration.yaml_scalars import Mapping, Scalar

_ROLES = {"server": "driver", "driver": "driver", "executor": "executor"}  # of Stackable's objects


def take_overrides(spec: Mapping, found: Found) -> None:
    """Take what Stackable's operator writes into the file of defaults by ``configOverrides``, of each role."""
    for node in (spec, *(spec.entries.get(role) for role in _ROLES)):
        files = node.entries.get("configOverrides") if isinstance(node, Mapping) else None
        pairs = files.entries.get("spark-defaults.conf") if isinstance(files, Mapping) else None
        if isinstance(pairs, Mapping):
            for key in pairs.entries:
                take_field(pairs, key, key, "configOverrides.", found)


def name_resources(spec: Mapping, found: Found) -> None:
    """Say of Stackable's operator that it works sizes out of a limit, which is not followed here."""
    for role, part in _ROLES.items():
        node = spec.entries.get(role)
        if not isinstance(node, Mapping):
            continue
        if "config" in node.entries and f"spark.{part}.memory" not in found.settings:
            limit = _limit(node.entries["config"])
            of_what = f"the limit {limit}, which holds the overhead too" if limit else "resources"
            found.hole(f"spark.{part}.memory", node.lines["config"], f"Stackable's operator works it out of {of_what}")
        if part == "executor":
            take_field(node, "replicas", "spark.executor.instances", "executor.", found)


def _limit(config: object) -> str:
    """The limit of memory in ``config.resources.memory.limit``; empty where there is none that is a size."""
    for name in ("resources", "memory", "limit"):
        config = config.entries.get(name) if isinstance(config, Mapping) else None
    return config.text if isinstance(config, Scalar) and shaped(config.text) else ""
