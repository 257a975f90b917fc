"""Run by the Python experiments inside a real pyspark application: prints figures as JSON.

    python driver.py NAME

Standard library and pyspark only; the tasks say what they see of their own process.
"""

import json
import os
import resource
import sys
import time


def resident_bytes(pid="self"):
    """What of a process is in memory."""
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS"):
                return int(line.split()[1]) << 10
    return 0


def address_limit(context):
    """The limit that a task finds on its own addresses, and what it says when it is reached."""
    def ask(_):
        soft, _hard = resource.getrlimit(resource.RLIMIT_AS)
        try:
            words = str(len(bytearray(1 << 30)))
        except MemoryError as error:
            words = repr(error)
        yield soft, words

    found = context.parallelize(range(2), 2).mapPartitions(ask).collect()
    return {"limits": [limit for limit, _ in found], "words": found[0][1]}


def memory_error(context):
    """What the driver is told when a task's Python runs into the limit."""
    from py4j.protocol import Py4JJavaError

    try:
        context.parallelize(range(1), 1).map(lambda _: len(bytearray(1 << 30))).collect()
    except Py4JJavaError as error:
        said = error.java_exception.toString()
        lines = [line for line in said.splitlines() if "MemoryError" in line]
        return {"text": lines[-1].strip() if lines else said[:300]}
    return {"text": ""}


def broadcast(context):
    """Where the bytes of a Python broadcast are."""
    size = 32 << 20
    store = context._jsc.sc().statusStore()

    def rows():
        found = store.executorList(True)
        return {found.apply(i).id(): found.apply(i).memoryMetrics().get().usedOnHeapStorageMemory()
                for i in range(found.size())}

    def touch(_):
        before = resident_bytes()
        length = len(sent.value)
        time.sleep(0.2)
        yield os.getpid(), before, resident_bytes(), length

    context.parallelize(range(1), 1).count()
    time.sleep(1)
    storage, driver = rows(), resident_bytes()
    value = os.urandom(size)
    sent = context.broadcast(value)
    file_size = os.path.getsize(sent._path)
    driver_after = resident_bytes()
    _, before, after, length = context.parallelize(range(1), 1).mapPartitions(touch).collect()[0]
    assert length == size
    wanted = storage["driver"]
    for _ in range(100):
        now = rows()
        grown = {name: now[name] - storage.get(name, 0) for name in now}
        wanted = max(grown[name] for name in grown if name != "driver")
        if wanted > size // 2:
            break
        time.sleep(0.2)
    return {"value": size, "file": file_size, "driver-python-growth": driver_after - driver,
            "worker-growth": after - before, "executor-storage-growth": wanted, "driver-storage-growth": grown["driver"]}


def workers(context):
    """The Python processes that serve an executor's tasks, and their parent."""
    def ask(_):
        time.sleep(0.5)
        yield os.getpid(), os.getppid(), resident_bytes()

    found = []
    for _ in range(2):
        found += context.parallelize(range(8), 8).mapPartitions(ask).collect()
    return {"tasks": len(found), "workers": len({pid for pid, _, _ in found}),
            "daemons": len({parent for _, parent, _ in found}), "worker-resident": max(size for _, _, size in found),
            "daemon-resident": resident_bytes(found[0][1])}


def collect(context):
    """What a collect costs the driver's JVM and the driver's Python."""
    def payload(number):
        yield from (os.urandom(1 << 20) for _ in range(16))

    pools = context._jvm.java.lang.management.ManagementFactory.getMemoryPoolMXBeans()
    old = next(pool for pool in pools if pool.getName() == "G1 Old Gen")
    context.parallelize(range(1), 1).count()
    before = resident_bytes()
    old.resetPeakUsage()
    rows = context.parallelize(range(8), 8).mapPartitions(payload).collect()
    return {"data": sum(map(len, rows)), "python-growth": resident_bytes() - before,
            "jvm-old-generation-peak": old.getPeakUsage().getUsed()}


def main():
    """One of the functions above, in a SparkContext made from the settings of the environment."""
    from pyspark import SparkConf, SparkContext

    conf = SparkConf()
    for key, value in json.loads(os.environ["LAB_SETTINGS"]).items():
        conf.set(key, value)
    context = SparkContext(conf=conf)
    try:
        print("LAB " + json.dumps(globals()[sys.argv[1]](context)))
    finally:
        context.stop()


if __name__ == "__main__":
    main()
