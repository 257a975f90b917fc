"""What a running Spark does with blocks and tasks, in a memory of 1000 bytes: python -m tools.oracle.storage

For each release: the storage levels that its class has, the levels that `cache` and `persist` take where nobody
names one (Scala and Python), and scenes of a few operations, in tests/oracle/storage.json.
The Python side is read from the sources in the package, not run.
"""

import argparse
import ast
import json
from pathlib import Path
from typing import Any

from . import jvm, packages, scenes
from .kinds import companion
from .record import RECORDED, write
from .releases import JAVA, at_least

PATH = RECORDED / "storage.json"
_SETTINGS = {
    "spark.master": "local[1]", "spark.app.name": "storage", "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
    "spark.testing.memory": str(scenes.MEMORY), "spark.testing.reservedMemory": "0", "spark.memory.fraction": "1.0",
}


def record(releases: list[str]) -> Path:
    """The file with what these releases answered; the others keep what they had."""
    found = {row["release"]: row for row in json.loads(PATH.read_text())["releases"]} if PATH.exists() else {}
    for release in releases:
        found[release] = _answers(release)
        write(PATH, {"command": "python -m tools.oracle.storage", "memory": scenes.MEMORY}, "releases",
              [found[known] for known in JAVA if known in found])
    return PATH


def _answers(release: str) -> dict[str, Any]:
    with jvm.Jvm(JAVA[release], ["-Xmx512m", *_module_options(release)], packages.unpacked(f"spark-{release}")) as real:
        spark = _Spark(real)
        try:
            played = {name: spark.scenes.play(operations) for name, operations in scenes.SCENES.items()}
            return {"release": release, "jvm": jvm.version(real), "levels": spark.levels(), "defaults": spark.defaults(),
                    "python": _python(release), "scenes": played}
        finally:
            spark.context.stop()


def _module_options(release: str) -> list[str]:
    """The options with which Spark opens the JVM's modules to itself (3.3+), those of modules that are there."""
    if not at_least(release, "3.3"):
        return ["--add-exports", "java.base/sun.nio.ch=ALL-UNNAMED"]
    with jvm.Jvm(JAVA[release], ["-Xmx64m"], packages.unpacked(f"spark-{release}")) as real:
        options = real.view.org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions().split()
    return [option for option in options if not option.startswith("--add-modules")]


class _Spark:
    """A SparkContext in this process's JVM."""

    def __init__(self, real: jvm.Jvm) -> None:
        self.real, spark = real, real.view.org.apache.spark
        conf = spark.SparkConf(False)
        for key, value in _SETTINGS.items():
            conf.set(key, value)
        self.context = spark.api.java.JavaSparkContext(conf)
        self.scenes = scenes.Scenes(real, self.context)

    def levels(self) -> dict[str, list[Any]]:
        """Each constant of the class: disk, memory, off the heap, deserialized, copies."""
        object_ = companion(self.real, "org.apache.spark.storage.StorageLevel")
        names = sorted(method.getName() for method in object_.getClass().getDeclaredMethods()
                       if method.getName().isupper() and method.getParameterCount() == 0)
        return {name: self._properties(getattr(object_, name)()) for name in names}

    def defaults(self) -> dict[str, str]:
        """The level that each call takes where it is given none, by its name."""
        spark = self.real.view.org.apache.spark
        session = spark.sql.SparkSession.builder().getOrCreate()
        session.range(3).createOrReplaceTempView("one")
        session.range(4).createOrReplaceTempView("two")
        session.catalog().cacheTable("one")
        session.sql("CACHE LAZY TABLE two")
        found = {
            "RDD.cache": self.context.emptyRDD().cache().getStorageLevel(),
            "RDD.persist": self.context.emptyRDD().rdd().persist().getStorageLevel(),
            "Dataset.cache": session.range(1).cache().storageLevel(),
            "Dataset.persist": session.range(2).persist().storageLevel(),
            "Catalog.cacheTable": session.table("one").storageLevel(),
            "CACHE TABLE": session.table("two").storageLevel(),
        }
        known = {json.dumps(properties): name for name, properties in self.levels().items()}
        return {call: known[json.dumps(self._properties(level))] for call, level in found.items()}

    @staticmethod
    def _properties(level: Any) -> list[Any]:
        return [level.useDisk(), level.useMemory(), level.useOffHeap(), level.deserialized(), level.replication()]


# -- Python ---------------------------------------------------------------------------------

_LEVELS, _RDD, _FRAME = "pyspark/storagelevel.py", "pyspark/rdd.py", "pyspark/sql/dataframe.py"
_NEWER = "pyspark/core/rdd.py", "pyspark/sql/classic/dataframe.py"


def _python(release: str) -> dict[str, Any]:
    """The constants of PySpark's StorageLevel, and the default of each `persist`, from the sources in the package."""
    rdd, frame = _NEWER if at_least(release, "4.0") else (_RDD, _FRAME)
    files = packages.python_sources(f"spark-{release}", [_LEVELS, rdd, frame])
    levels = {}
    for node in ast.walk(ast.parse(files[_LEVELS])):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and isinstance(node.targets[0], ast.Attribute):
            arguments = [ast.literal_eval(argument) for argument in node.value.args]
            levels[node.targets[0].attr] = [*arguments, 1][:5]
    return {"levels": levels, "defaults": {"RDD.persist": _persist(files[rdd]), "DataFrame.persist": _persist(files[frame])}}


def _persist(source: str) -> str:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == "persist" and node.args.defaults:
            return ast.unparse(node.args.defaults[-1]).removeprefix("StorageLevel.")
    raise SystemExit("oracle: no persist with a default")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.oracle.storage", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("releases", nargs="*", choices=[*JAVA, []], help="all of them where none is named")
    print(record(parser.parse_args().releases or list(JAVA)))


if __name__ == "__main__":
    main()
