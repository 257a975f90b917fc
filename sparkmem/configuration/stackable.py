"""What Stackable's operator has beside the fields of a ``SparkApplication``: roles, overrides of files, and resources."""

from __future__ import annotations

import re
from math import ceil

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


def take_resources(spec: Mapping, found: Found) -> None:
    """Take what Stackable's operator works out of the resources of a role, where ``sparkConf`` does not go before it.

    The limit of memory holds the overhead too (stackabletech/spark-k8s-operator, rust/operator-binary/src/crd/mod.rs,
    ``subtract_spark_memory_overhead``, ``resources_to_executor_props``), and Spark's own factor is set to 0.0 beside it
    (``build_command``).  Of an image that is one string, as the operator's first releases had it, that is not known.
    """
    image = spec.entries.get("sparkImage")
    known = isinstance(image, Mapping) and "server" not in spec.entries
    for role, part in _ROLES.items():
        node = spec.entries.get(role)
        if not isinstance(node, Mapping):
            continue
        key = f"spark.{part}.memory"
        if "config" in node.entries:
            config, line = node.entries["config"], node.lines["config"]
            limit = _text(config, "memory", "limit")
            heap = _heap_mib(limit, for_java="mainClass" in spec.entries) if known else 0
            if key in found.settings:
                pass
            elif heap:
                found.setting(key, f"{heap}m", line, f"{role}: limit {limit}")
                if _FACTOR not in found.settings:
                    found.setting(_FACTOR, "0.0", line, "set by Stackable's operator")
            else:
                of_what = f"the limit {limit}, which holds the overhead too" if limit else "resources"
                found.hole(key, line, f"Stackable's operator works it out of {of_what}")
            cores = _cores(_text(config, "cpu", "max")) if known else 0
            if cores and f"spark.{part}.cores" not in found.settings:
                found.setting(f"spark.{part}.cores", str(cores), line, f"{role}: cpu max")
        if part == "executor":
            take_field(node, "replicas", "spark.executor.instances", "executor.", found)


_FACTOR = "spark.kubernetes.memoryOverheadFactor"
_LEAST_MIB, _OF_A_JVM, _OF_OTHERS = 384, 0.1, 0.4  # crd/constants.rs: MIN_MEMORY_OVERHEAD, JVM_…, NON_JVM_OVERHEAD_FACTOR
_QUANTITY = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(Ki|Mi|Gi|Ti)")
_MIB_OF = {"Ki": 1 / 1024, "Mi": 1, "Gi": 1024, "Ti": 1024 * 1024}
_CPU = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(m?)")


def _heap_mib(limit: str, for_java: bool) -> int:
    """The heap [MiB] that the operator gives Spark for a limit; 0 where it is no binary quantity.

    >>> _heap_mib("5Gi", for_java=False), _heap_mib("5Gi", for_java=True), _heap_mib("512Mi", for_java=True)
    (3657, 4654, 128)
    """
    given = _QUANTITY.fullmatch(limit)
    if given is None:
        return 0
    whole = float(given[1]) * _MIB_OF[given[2]]
    if int(whole) < _LEAST_MIB:
        return int(whole)
    factor = _OF_A_JVM if for_java else _OF_OTHERS
    return int(whole) - max(_LEAST_MIB, int(whole) - int(whole / (1 + factor)))


def _cores(most: str) -> int:
    """The cores that Spark is told, rounded up (``cores_from_quantity``); 0 where it is no quantity.

    >>> _cores("1500m"), _cores("3"), _cores("many")
    (2, 3, 0)
    """
    given = _CPU.fullmatch(most)
    return ceil(float(given[1]) / (1000 if given[2] else 1)) if given else 0


def _text(config: object, *names: str) -> str:
    """What ``config.resources`` has under these names; empty where it is nothing that is shown."""
    for name in ("resources", *names):
        config = config.entries.get(name) if isinstance(config, Mapping) else None
    return config.text if isinstance(config, Scalar) and shaped(config.text) else ""
