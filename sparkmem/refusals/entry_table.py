"""How each key that is taken is read, release by release: the type of its entry, and where Spark declares it.

A row is ``key release:type …``; a type with ``=`` before it is read by that method of ``SparkConf``, without an entry.
Recorded with every wrong shape of value by the real entries of eleven releases (the cases ``reading`` in
tests/oracle/refusals.json).
"""

from __future__ import annotations

TYPES = """
spark.broadcast.UDFCompressionThreshold 3.0:bytes
spark.broadcast.blockSize 2.4:=KiB 3.0:KiB
spark.broadcast.compress 2.4:=boolean 3.0:boolean
spark.buffer.pageSize 2.4:=bytes 3.0:bytes
spark.cores.max 2.4:=digits 3.0:int
spark.driver.cores 2.4:int
spark.driver.extraJavaOptions 2.4:text
spark.driver.maxResultSize 2.4:bytes
spark.driver.memory 2.4:MiB
spark.driver.memoryOverhead 2.4:MiB
spark.driver.memoryOverheadFactor 3.3:double
spark.driver.minMemoryOverhead 4.0:MiB
spark.dynamicAllocation.enabled 2.4:=boolean 3.0:boolean
spark.dynamicAllocation.initialExecutors 2.4:int
spark.dynamicAllocation.maxExecutors 2.4:int
spark.dynamicAllocation.minExecutors 2.4:int
spark.executor.cores 2.4:int
spark.executor.extraJavaOptions 2.4:text
spark.executor.instances 2.4:int
spark.executor.memory 2.4:MiB
spark.executor.memoryOverhead 2.4:MiB
spark.executor.memoryOverheadFactor 3.3:double
spark.executor.minMemoryOverhead 4.0:MiB
spark.executor.pyspark.memory 2.4:MiB
spark.kryoserializer.buffer 2.4:=KiB 3.0:KiB
spark.kryoserializer.buffer.max 2.4:=MiB 3.0:MiB
spark.kubernetes.driver.limit.cores 2.4:text
spark.kubernetes.driver.request.cores 3.0:text
spark.kubernetes.executor.limit.cores 2.4:text
spark.kubernetes.executor.request.cores 2.4:text
spark.kubernetes.local.dirs.tmpfs 3.0:boolean
spark.kubernetes.memoryOverheadFactor 2.4:double
spark.maxRemoteBlockSizeFetchToMem 2.4:bytes 3.0:-
spark.memory.fraction 2.4:=double 3.0:double
spark.memory.offHeap.enabled 2.4:boolean
spark.memory.offHeap.size 2.4:bytes
spark.memory.storageFraction 2.4:=double 3.0:double
spark.memory.unmanagedMemoryPollingInterval 4.1:ms
spark.memory.useLegacyMode 2.4:=boolean 3.0:-
spark.network.maxRemoteBlockSizeFetchToMem 3.0:bytes
spark.python.worker.reuse 2.4:=boolean 3.0:boolean
spark.reducer.maxReqsInFlight 2.4:=int 3.0:int
spark.reducer.maxSizeInFlight 2.4:=MiB 3.0:MiB
spark.rpc.message.maxSize 2.4:=int 3.0:int
spark.shuffle.detectCorrupt.useExtraMemory 3.0:boolean
spark.shuffle.file.buffer 2.4:KiB
spark.shuffle.mapOutput.minSizeForBroadcast 2.4:=bytes 3.0:bytes
spark.shuffle.memoryFraction 2.4:=double 3.0:-
spark.shuffle.safetyFraction 2.4:=double 3.0:-
spark.shuffle.spill.batchSize 2.4:=long 3.0:long
spark.shuffle.spill.compress 2.4:=boolean 3.0:boolean
spark.shuffle.spill.diskWriteBufferSize 2.4:bytes
spark.shuffle.spill.initialMemoryThreshold 2.4:=long 3.0:bytes
spark.shuffle.spill.maxSizeInBytesForSpillThreshold 4.1:bytes
spark.shuffle.spill.numElementsForceSpillThreshold 2.4:int
spark.shuffle.streaming.readerMaxMemory 4.3:int
spark.shuffle.streaming.writerMaxMemory 4.3:int
spark.sql.adaptive.autoBroadcastJoinThreshold 3.2:bytes
spark.sql.autoBroadcastJoinThreshold 2.4:long 3.0:bytes
spark.sql.cartesianProductExec.buffer.in.memory.threshold 2.4:int
spark.sql.cartesianProductExec.buffer.spill.threshold 2.4:int
spark.sql.columnVector.offheap.enabled 2.4:boolean
spark.sql.execution.arrow.maxBytesPerBatch 4.0:bytes
spark.sql.execution.arrow.maxRecordsPerBatch 2.4:int
spark.sql.inMemoryColumnarStorage.batchSize 2.4:int
spark.sql.inMemoryColumnarStorage.compressed 2.4:boolean
spark.sql.maxBroadcastTableSize 4.1:bytes
spark.sql.planner.pythonExecution.memory 4.0:MiB
spark.sql.sortMergeJoinExec.buffer.in.memory.threshold 2.4:int
spark.sql.sortMergeJoinExec.buffer.spill.threshold 2.4:int
spark.sql.windowExec.buffer.in.memory.threshold 2.4:int
spark.sql.windowExec.buffer.spill.threshold 2.4:int
spark.storage.memoryFraction 2.4:=double 3.0:-
spark.storage.memoryMapLimitForTests 2.4:bytes
spark.storage.memoryMapThreshold 2.4:=bytes 3.0:bytes
spark.storage.safetyFraction 2.4:=double 3.0:-
spark.storage.unrollFraction 2.4:=double 3.0:-
spark.storage.unrollMemoryCheckPeriod 2.4:long
spark.storage.unrollMemoryGrowthFactor 2.4:double
spark.storage.unrollMemoryThreshold 2.4:=long 3.0:long
spark.task.cpus 2.4:int 4.2:decimal
spark.testing.memory 2.4:=long 3.0:long
spark.testing.reservedMemory 2.4:=long 3.0:long
spark.unsafe.sorter.spill.reader.buffer.size 2.4:=bytes 3.0:bytes
spark.yarn.am.cores 2.4:int
spark.yarn.am.defaultJavaOptions 4.2:text
spark.yarn.am.extraJavaOptions 2.4:text
spark.yarn.am.memory 2.4:MiB
spark.yarn.am.memoryOverhead 2.4:MiB
"""

# Entries with a check: the first release of it, the bounds within which a value passes, and Spark's words.
# A later row of the same key takes the place of an earlier one.
CHECKS: tuple[tuple[str, str, str, str], ...] = (
    ("spark.broadcast.UDFCompressionThreshold", "3.0", ">=0", "The threshold should be non-negative."),
    ("spark.driver.memoryOverheadFactor", "3.3", ">0", "Ensure that memory overhead is a double greater than 0"),
    ("spark.executor.memoryOverheadFactor", "3.3", ">0", "Ensure that memory overhead is a double greater than 0"),
    ("spark.kubernetes.memoryOverheadFactor", "2.4", ">=0,<1", "Ensure that memory overhead is a double between 0 --> 1.0"),
    ("spark.kubernetes.memoryOverheadFactor", "3.3", ">=0", "Ensure that memory overhead is non-negative"),
    ("spark.memory.offHeap.size", "2.4", ">=0", "The off-heap memory size must not be negative"),
    ("spark.memory.storageFraction", "3.0", ">=0,<1", "Storage fraction must be in [0,1)"),
    (
        "spark.network.maxRemoteBlockSizeFetchToMem", "3.0", "<=2147483135",
        "maxRemoteBlockSizeFetchToMem cannot be larger than (Int.MaxValue - 512) bytes.",
    ),
    (
        "spark.shuffle.file.buffer", "2.4", ">0,<=2097151",
        "The file buffer size must be positive and less than or equal to 2097151.",
    ),
    (
        "spark.shuffle.spill.diskWriteBufferSize", "2.4", ">0,<=2147483647",
        "The buffer size must be greater than 0 and less than 2147483647.",
    ),
    (
        "spark.shuffle.spill.diskWriteBufferSize", "3.0", ">12,<=2147483632",
        "The buffer size must be greater than 12 and less than or equal to 2147483632.",
    ),
    ("spark.shuffle.spill.maxSizeInBytesForSpillThreshold", "4.1", ">0", "The threshold should be positive."),
    ("spark.shuffle.streaming.writerMaxMemory", "4.3", ">0", "spark.shuffle.streaming.writerMaxMemory must be positive."),
    (
        "spark.sql.execution.arrow.maxBytesPerBatch", "4.0", ">0,<2147483647",
        "The value of spark.sql.execution.arrow.maxBytesPerBatch should be greater than zero and "
        "less than INT_MAX.",
    ),
    (
        "spark.unsafe.sorter.spill.reader.buffer.size", "3.0", ">=1048576,<=16777216",
        "The value must be in allowed range [1,048,576, 16777216].",
    ),
)  # fmt: skip

# Whose name stands in Spark's words, where it is another key: an entry that falls back to another is read by that one.
READ_AS = """
spark.dynamicAllocation.initialExecutors 2.4:spark.dynamicAllocation.minExecutors
spark.sql.columnVector.offheap.enabled 4.0:spark.memory.offHeap.enabled
"""

# Old names, each with the keys that are read in its place, the first that the release has.
RENAMED = """
spark.akka.frameSize 3.4:- spark.rpc.message.maxSize
spark.kryoserializer.buffer.max.mb spark.kryoserializer.buffer.max
spark.kryoserializer.buffer.mb spark.kryoserializer.buffer
spark.maxRemoteBlockSizeFetchToMem spark.network.maxRemoteBlockSizeFetchToMem
spark.reducer.maxMbInFlight spark.reducer.maxSizeInFlight
spark.reducer.maxReqSizeShuffleToMem spark.network.maxRemoteBlockSizeFetchToMem spark.maxRemoteBlockSizeFetchToMem
spark.shuffle.file.buffer.kb spark.shuffle.file.buffer
spark.unsafe.offHeap spark.memory.offHeap.enabled
spark.yarn.driver.memoryOverhead spark.driver.memoryOverhead
spark.yarn.executor.memoryOverhead spark.executor.memoryOverhead
"""
