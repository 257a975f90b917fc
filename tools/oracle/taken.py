"""Every key that sparkmem takes, by the shape of its values, with texts of that shape and of every wrong one."""

from collections.abc import Iterator

SIZE, WHOLE, SHARE, SWITCH, TIME, WORDS = "size", "whole", "share", "switch", "time", "words"

TEXTS = {
    SIZE: ["abc", "", "-1", "0", "4", "1.5", "1.5g", "8 g", "8gb", " 4 ", "4x", "3g", "15k", "99999999999g"],
    WHOLE: ["abc", "", "-1", "0", "4", "1.5", "8g", "8 g", " 4 ", "+4", "2147483648", "9223372036854775808"],
    SHARE: ["abc", "", "-1", "0", "1", "1.5", "8g", "0,5", " 0.5 ", "NaN", "1e400", "50%"],
    SWITCH: ["abc", "", "0", "1", "true1", " true ", "TRUE", "yes"],
    TIME: ["abc", "", "-1", "0", "4", "1.5", "8 s", "8s", " 4 ", "8sec", "99999999999999999999d"],
    WORDS: ["abc", "", "-1", "0", "1.5", "500m"],
}
"""What people write, borders and faults together; a text that one shape takes is a fault in another."""

_BY_SHAPE = {
    SIZE: """
        broadcast.UDFCompressionThreshold broadcast.blockSize buffer.pageSize driver.maxResultSize driver.memory
        driver.memoryOverhead driver.minMemoryOverhead executor.memory executor.memoryOverhead executor.minMemoryOverhead
        executor.pyspark.memory kryoserializer.buffer kryoserializer.buffer.max memory.offHeap.size
        maxRemoteBlockSizeFetchToMem network.maxRemoteBlockSizeFetchToMem python.worker.memory reducer.maxSizeInFlight
        shuffle.file.buffer shuffle.mapOutput.minSizeForBroadcast shuffle.spill.diskWriteBufferSize
        shuffle.spill.initialMemoryThreshold shuffle.spill.maxSizeInBytesForSpillThreshold
        shuffle.streaming.readerMaxMemory shuffle.streaming.writerMaxMemory sql.adaptive.autoBroadcastJoinThreshold
        sql.autoBroadcastJoinThreshold sql.execution.arrow.maxBytesPerBatch sql.maxBroadcastTableSize
        sql.planner.pythonExecution.memory storage.memoryMapLimitForTests storage.memoryMapThreshold
        storage.unrollMemoryThreshold testing.memory testing.reservedMemory unsafe.sorter.spill.reader.buffer.size
        yarn.am.memory yarn.am.memoryOverhead kryoserializer.buffer.max.mb kryoserializer.buffer.mb reducer.maxMbInFlight
        reducer.maxReqSizeShuffleToMem shuffle.file.buffer.kb yarn.driver.memoryOverhead yarn.executor.memoryOverhead
    """,
    WHOLE: """
        cores.max driver.cores dynamicAllocation.initialExecutors dynamicAllocation.maxExecutors
        dynamicAllocation.minExecutors executor.cores executor.instances reducer.maxReqsInFlight rpc.message.maxSize
        shuffle.spill.batchSize shuffle.spill.numElementsForceSpillThreshold
        sql.cartesianProductExec.buffer.in.memory.threshold sql.cartesianProductExec.buffer.spill.threshold
        sql.execution.arrow.maxRecordsPerBatch sql.inMemoryColumnarStorage.batchSize
        sql.sortMergeJoinExec.buffer.in.memory.threshold sql.sortMergeJoinExec.buffer.spill.threshold
        sql.windowExec.buffer.in.memory.threshold sql.windowExec.buffer.spill.threshold storage.unrollMemoryCheckPeriod
        task.cpus yarn.am.cores akka.frameSize
    """,
    SHARE: """
        driver.memoryOverheadFactor executor.memoryOverheadFactor kubernetes.memoryOverheadFactor memory.fraction
        memory.storageFraction shuffle.memoryFraction shuffle.safetyFraction storage.memoryFraction storage.safetyFraction
        storage.unrollFraction storage.unrollMemoryGrowthFactor
    """,
    SWITCH: """
        broadcast.compress dynamicAllocation.enabled kubernetes.local.dirs.tmpfs memory.offHeap.enabled
        memory.useLegacyMode python.worker.reuse shuffle.detectCorrupt.useExtraMemory shuffle.spill.compress
        sql.columnVector.offheap.enabled sql.inMemoryColumnarStorage.compressed unsafe.offHeap
    """,
    TIME: "memory.unmanagedMemoryPollingInterval",
    WORDS: """
        driver.defaultJavaOptions driver.extraJavaOptions executor.defaultJavaOptions executor.extraJavaOptions
        kubernetes.driver.limit.cores kubernetes.driver.request.cores kubernetes.executor.limit.cores
        kubernetes.executor.request.cores yarn.am.defaultJavaOptions yarn.am.extraJavaOptions
    """,
}

SHAPES = {f"spark.{name}": shape for shape, names in _BY_SHAPE.items() for name in names.split()}

CURRENT = {
    "spark.akka.frameSize": "spark.rpc.message.maxSize",
    "spark.kryoserializer.buffer.max.mb": "spark.kryoserializer.buffer.max",
    "spark.kryoserializer.buffer.mb": "spark.kryoserializer.buffer",
    "spark.maxRemoteBlockSizeFetchToMem": "spark.network.maxRemoteBlockSizeFetchToMem",
    "spark.reducer.maxMbInFlight": "spark.reducer.maxSizeInFlight",
    "spark.reducer.maxReqSizeShuffleToMem": "spark.network.maxRemoteBlockSizeFetchToMem",
    "spark.shuffle.file.buffer.kb": "spark.shuffle.file.buffer",
    "spark.unsafe.offHeap": "spark.memory.offHeap.enabled",
    "spark.yarn.driver.memoryOverhead": "spark.driver.memoryOverhead",
    "spark.yarn.executor.memoryOverhead": "spark.executor.memoryOverhead",
}
"""Old names, each with the key that Spark asks for when it finds the old one; 2.4 has the third name between two."""


def texts() -> Iterator[tuple[str, str]]:
    """Each key with each text of its shape."""
    for key, shape in SHAPES.items():
        yield from ((key, text) for text in TEXTS[shape])
