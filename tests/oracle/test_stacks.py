"""Frames by which a stack tells what was being done: each is one of a class that Spark, or a library it brings, has."""

import zipfile

import pytest

from sparkmem.diagnosis.beside import beside
from sparkmem.diagnosis.clues_known import CLUES
from tools.oracle.packages import unpacked

LIVE = "4.3.0"
SQL, CATALYST = "org/apache/spark/sql/execution/", "org/apache/spark/sql/catalyst/"
FRAMES = [
    ("constraints", "spark-catalyst", f"{CATALYST}plans/logical/UnaryNode", "getAllValidConstraints"),
    ("constraints", "spark-catalyst", f"{CATALYST}optimizer/InferFiltersFromConstraints$", "apply"),
    ("input_reader", "hadoop-client-api", "org/apache/hadoop/mapred/LineRecordReader", "next"),
    ("long_line", "hadoop-client-api", "org/apache/hadoop/util/LineReader", "readDefaultLine"),
    ("plan_text", "spark-catalyst", f"{CATALYST}trees/TreeNode", "generateTreeString"),
    ("state_in_heap", "spark-sql", f"{SQL}streaming/state/HDFSBackedStateStoreProvider", "getStore"),
    ("ui_data", "spark-core", "org/apache/spark/status/AppStatusListener", "onTaskEnd"),
    ("ui_data", "spark-core", "org/apache/spark/status/ElementTrackingStore", "write"),
    ("ui_data", "spark-kvstore", "org/apache/spark/util/kvstore/InMemoryStore", "write"),
    ("open_writers", "parquet-hadoop", "org/apache/parquet/hadoop/InternalParquetRecordWriter", "write"),
    ("many_of_a_key", "spark-sql", f"{SQL}ExternalAppendOnlyUnsafeRowArray", "add"),
    ("many_of_a_key", "spark-sql", f"{SQL}joins/SortMergeJoinScanner", "bufferMatchingRows"),
    ("every_pair", "spark-sql", f"{SQL}joins/CartesianProductExec", "doExecute"),
    ("every_pair", "spark-sql", f"{SQL}joins/BroadcastNestedLoopJoinExec", "doExecute"),
    ("spill_readers", "spark-core", "org/apache/spark/util/collection/unsafe/sort/UnsafeSorterSpillReader", "<init>"),
    ("deep_expression", "spark-catalyst", f"{CATALYST}expressions/Or", "eval"),
    ("of_a_backend", "spark-core", "org/apache/spark/executor/CoarseGrainedExecutorBackend$", "run"),
    ("file_listing", "spark-sql", f"{SQL}datasources/InMemoryFileIndex$", "bulkListLeafFiles"),
    ("python_functions", "spark-sql", f"{SQL}python/BatchEvalPythonExec", "doExecute"),
    ("python_functions", "spark-sql", f"{SQL}python/ArrowEvalPythonExec", "doExecute"),
    ("collected", "spark-catalyst", f"{CATALYST}expressions/aggregate/CollectList", "update"),
]
"""What each frame tells, the jar and the class that it is of, and its method there."""


@pytest.fixture(scope="module")
def jars():
    return unpacked(f"spark-{LIVE}")


@pytest.mark.parametrize(("sign", "jar", "path", "member"), FRAMES)
def test_a_frame_that_tells_something_is_one_of_a_class_that_there_is(jars, sign, jar, path, member):
    for found in sorted(jars.glob(f"{jar}_*.jar")) + sorted(jars.glob(f"{jar}-[0-9]*.jar")):
        with zipfile.ZipFile(found) as opened:
            if f"{path}.class" in opened.namelist():
                assert member.encode() in opened.read(f"{path}.class") or sign == "every_pair"
                break
    else:
        pytest.fail(f"no {path} in {jar}")
    frame = f"\tat {path.replace('/', '.')}.{member}(File.scala:1)"
    clue = next((one for one in CLUES if one.name == sign), None)
    assert clue.pattern.search(frame.encode()) if clue else sign in beside([], "x", [frame])
