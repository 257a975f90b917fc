"""Every key that is taken, with texts of its shape and of wrong ones: what Spark's own reading of it says.

A key is read through its entry, as SparkConf.get does; an old name through the entry of the new one.
Where the release has no entry, it is read with the method of SparkConf that the code of that release calls.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from .. import taken
from ..jvm import Jvm
from ..releases import at_least
from . import NoSuchEntry, confget, spark_release

KIND = "reading"

DECLARED_IN = [
    *confget.DECLARED_IN, "org.apache.spark.internal.config.Kryo$", "org.apache.spark.internal.config.Network$",
    "org.apache.spark.sql.internal.SQLConf$", "org.apache.spark.sql.internal.StaticSQLConf$",
]

_PLAIN = {
    "toInt": "cores.max",
    "getInt": "reducer.maxReqsInFlight rpc.message.maxSize",
    "getLong": """shuffle.spill.batchSize shuffle.spill.initialMemoryThreshold storage.unrollMemoryThreshold
                  testing.memory testing.reservedMemory""",
    "getDouble": """memory.fraction memory.storageFraction shuffle.memoryFraction shuffle.safetyFraction
                    storage.memoryFraction storage.safetyFraction storage.unrollFraction""",
    "getBoolean": """broadcast.compress dynamicAllocation.enabled memory.useLegacyMode python.worker.reuse
                     shuffle.spill.compress""",
    "getSizeAsBytes": """buffer.pageSize shuffle.mapOutput.minSizeForBroadcast storage.memoryMapThreshold
                         unsafe.sorter.spill.reader.buffer.size""",
    "getSizeAsKb": "broadcast.blockSize kryoserializer.buffer",
    "getSizeAsMb": "kryoserializer.buffer.max reducer.maxSizeInFlight",
}
PLAIN = {f"spark.{name}": method for method, names in _PLAIN.items() for name in names.split()}
"""Keys without an entry in 2.4: the method of SparkConf that reads each there, as the classes that name it call it."""

GONE_IN_3 = {
    "spark.memory.useLegacyMode", "spark.shuffle.memoryFraction", "spark.shuffle.safetyFraction",
    "spark.storage.memoryFraction", "spark.storage.safetyFraction", "spark.storage.unrollFraction",
}
"""Read by the static memory manager alone, which went with 3.0."""

_BETWEEN = "spark.maxRemoteBlockSizeFetchToMem"
"""What 2.4 calls the key that two old names became in 3.0."""

_READER = """
package sparkmem.oracle;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
public class Reader {
  public boolean declares(String name) {
    try { Class.forName(name); return true; } catch (Throwable absent) { return false; }
  }
  public boolean has(String key) { return ConfigEntry.findEntry(key) != null; }
  public Object read(String entry, String key, String value, String method) {
    SparkConf conf = new SparkConf(false).set(key, value);
    Object found;
    if (method.equals("toInt") && !has(entry)) { found = Integer.valueOf(Integer.parseInt(conf.get(entry))); }
    else if (has(entry)) { found = conf.get(ConfigEntry.findEntry(entry)); }
    else if (method.equals("getInt")) { found = Integer.valueOf(conf.getInt(entry, 0)); }
    else if (method.equals("getLong")) { found = Long.valueOf(conf.getLong(entry, 0L)); }
    else if (method.equals("getDouble")) { found = Double.valueOf(conf.getDouble(entry, 0.0)); }
    else if (method.equals("getBoolean")) { found = Boolean.valueOf(conf.getBoolean(entry, false)); }
    else if (method.equals("getSizeAsBytes")) { found = Long.valueOf(conf.getSizeAsBytes(entry, "0")); }
    else if (method.equals("getSizeAsKb")) { found = Long.valueOf(conf.getSizeAsKb(entry, "0")); }
    else if (method.equals("getSizeAsMb")) { found = Long.valueOf(conf.getSizeAsMb(entry, "0")); }
    else { throw new IllegalStateException(method); }
    if (found instanceof scala.Option) {
      found = ((scala.Option) found).isDefined() ? ((scala.Option) found).get() : null;
    }
    boolean data = found == null || found instanceof Integer || found instanceof Long || found instanceof Boolean;
    boolean finite = found instanceof Double && !((Double) found).isNaN() && !((Double) found).isInfinite();
    return data || finite ? found : found.toString();
  }
}
"""
"""The value as JSON has it: text for NaN and infinities, and for what JSON has no number for."""


def cases(random: Random, release: str) -> Iterator[dict[str, Any]]:
    for key, text in taken.texts():
        yield {"key": key, "value": text}


def answer(jvm: Jvm, case: dict[str, Any]) -> dict[str, Any]:
    reader, key = _reader(jvm), case["key"]
    names = [key, taken.CURRENT.get(key, key), _BETWEEN]
    known = next((name for name in (names if key in taken.CURRENT else names[:1]) if reader.has(name)), names[1])
    gone = known in GONE_IN_3 and at_least(spark_release(jvm), "3.0")
    if gone or (not reader.has(known) and known not in PLAIN):
        raise NoSuchEntry(key)
    return {"value": reader.read(known, key, case["value"], PLAIN.get(known, ""))}


def _reader(jvm: Jvm) -> Any:
    """One for each JVM, which has loaded what declares entries."""
    made = "sparkmem.oracle.Reader" in jvm._compiled
    reader = jvm.compiled("sparkmem.oracle.Reader", _READER).getDeclaredConstructors()[0].newInstance(
        jvm.array("java.lang.Object"))
    if not made:
        for name in DECLARED_IN:
            reader.declares(name)
    return reader
