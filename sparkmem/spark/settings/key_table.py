"""Spark's configuration keys that touch memory, as data: since when, default, and when either changed.

A row is ``key since default release:default ...``.  A default of ``-`` is none, ``=key`` is that key's value.
``since`` is Spark's own word (``ConfigEntry.version``) for the name as it stands.  Rows and defaults are those of
the entries that each of the eleven releases registers; 2.4 reads many of them by name in its code, without an entry.
"""

MEMORY_KEYS = """
spark.broadcast.UDFCompressionThreshold 3.0.0 1048576b
spark.broadcast.blockSize 0.5.0 4m
spark.broadcast.compress 0.6.0 true
spark.buffer.pageSize 1.5.0 -
spark.cores.max 0.6.0 -
spark.driver.cores 1.3.0 1
spark.driver.defaultJavaOptions 3.0.0 -
spark.driver.extraJavaOptions 1.0.0 -
spark.driver.maxResultSize 1.2.0 1g
spark.driver.memory 1.1.1 1g
spark.driver.memoryOverhead 2.3.0 -
spark.driver.memoryOverheadFactor 3.3.0 0.1
spark.driver.minMemoryOverhead 4.0.0 384m
spark.dynamicAllocation.enabled 1.2.0 false
spark.dynamicAllocation.initialExecutors 1.3.0 =spark.dynamicAllocation.minExecutors
spark.dynamicAllocation.maxExecutors 1.2.0 2147483647
spark.dynamicAllocation.minExecutors 1.2.0 0
spark.executor.cores 1.0.0 1
spark.executor.defaultJavaOptions 3.0.0 -
spark.executor.extraJavaOptions 1.0.0 -
spark.executor.instances 1.0.0 -
spark.executor.memory 0.7.0 1g
spark.executor.memoryOverhead 2.3.0 -
spark.executor.memoryOverheadFactor 3.3.0 0.1
spark.executor.minMemoryOverhead 4.0.0 384m
spark.executor.pyspark.memory 2.4.0 -
spark.kryoserializer.buffer 1.4.0 64k
spark.kryoserializer.buffer.max 1.4.0 64m
spark.kubernetes.driver.limit.cores 2.3.0 -
spark.kubernetes.driver.request.cores 3.0.0 -
spark.kubernetes.executor.limit.cores 2.3.0 -
spark.kubernetes.executor.request.cores 2.4.0 -
spark.kubernetes.local.dirs.tmpfs 3.0.0 false
spark.kubernetes.memoryOverheadFactor 2.4.0 0.1
spark.memory.fraction 1.6.0 0.6
spark.memory.offHeap.enabled 1.6.0 false
spark.memory.offHeap.size 1.6.0 0b
spark.memory.storageFraction 1.6.0 0.5
spark.maxRemoteBlockSizeFetchToMem - 2147483135b
spark.memory.unmanagedMemoryPollingInterval 4.1.0 0s
spark.network.maxRemoteBlockSizeFetchToMem 3.0.0 200m
spark.python.worker.memory 1.1.0 512m
spark.python.worker.reuse 1.2.0 true
spark.reducer.maxReqsInFlight 2.0.0 2147483647
spark.reducer.maxSizeInFlight 1.4.0 48m
spark.rpc.message.maxSize 2.0.0 128
spark.shuffle.detectCorrupt.useExtraMemory 3.0.0 false
spark.shuffle.file.buffer 1.4.0 32k
spark.shuffle.mapOutput.minSizeForBroadcast 2.0.0 512k
spark.shuffle.spill.batchSize 0.9.0 10000
spark.shuffle.spill.compress 0.9.0 true
spark.shuffle.spill.diskWriteBufferSize 2.3.0 1048576b
spark.shuffle.spill.initialMemoryThreshold 1.1.1 5242880b
spark.shuffle.spill.maxSizeInBytesForSpillThreshold 4.1.0 9223372036854775807b
spark.shuffle.spill.numElementsForceSpillThreshold 1.6.0 2147483647
spark.shuffle.streaming.readerMaxMemory 4.3.0 33554432
spark.shuffle.streaming.writerMaxMemory 4.3.0 33554432
spark.sql.adaptive.autoBroadcastJoinThreshold 3.2.0 -
spark.sql.autoBroadcastJoinThreshold 1.1.0 10485760 3.0:10MB
spark.sql.cartesianProductExec.buffer.in.memory.threshold 2.2.1 4096
spark.sql.cartesianProductExec.buffer.spill.threshold 2.2.0 2147483647
spark.sql.columnVector.offheap.enabled 2.3.0 false 4.0:=spark.memory.offHeap.enabled
spark.sql.execution.arrow.maxBytesPerBatch 4.0.0 256MB 4.1:64MB
spark.sql.execution.arrow.maxRecordsPerBatch 2.3.0 10000
spark.sql.inMemoryColumnarStorage.batchSize 1.1.1 10000
spark.sql.inMemoryColumnarStorage.compressed 1.0.1 true
spark.sql.maxBroadcastTableSize 4.1.0 8589934592b
spark.sql.planner.pythonExecution.memory 4.0.0 -
spark.sql.sortMergeJoinExec.buffer.in.memory.threshold 2.2.1 2147483632
spark.sql.sortMergeJoinExec.buffer.spill.threshold 2.2.0 2147483647
spark.sql.windowExec.buffer.in.memory.threshold 2.2.1 4096
spark.sql.windowExec.buffer.spill.threshold 2.2.0 2147483647
spark.storage.memoryMapLimitForTests 2.3.0 2147483632b
spark.storage.memoryMapThreshold 0.9.2 2m
spark.storage.unrollMemoryCheckPeriod 2.3.0 16
spark.storage.unrollMemoryGrowthFactor 2.3.0 1.5
spark.storage.unrollMemoryThreshold 1.1.0 1048576
spark.task.cpus 0.5.0 1
spark.testing.memory 1.6.0 -
spark.testing.reservedMemory 1.6.0 -
spark.unsafe.sorter.spill.reader.buffer.size 2.1.0 1048576b
spark.yarn.am.cores 1.3.0 1
spark.yarn.am.defaultJavaOptions 4.2.0 -
spark.yarn.am.extraJavaOptions 1.3.0 -
spark.yarn.am.memory 1.3.0 512m
spark.yarn.am.memoryOverhead 1.3.0 -
"""

# Registered beside them under spark.storage and the like; they decide no size.  Two say what language the application is in.
OTHER_KEYS = """
spark.broadcast.checksum 2.1.1 true
spark.executor.processTreeMetrics.enabled 3.0.0 false
spark.kubernetes.resource.type 2.4.1 -
spark.storage.blockManagerHeartbeatTimeoutMs 3.1.0 -
spark.storage.blockManagerMasterDriverHeartbeatTimeoutMs 3.2.0 10m
spark.storage.blockManagerTimeoutIntervalMs 0.7.3 60s
spark.storage.blockManagerSlaveTimeoutMs 0.7.0 -
spark.storage.cachedPeersTtl 1.1.1 60000
spark.storage.cleanupFilesAfterExecutorExit 2.4.0 true
spark.storage.decommission.enabled 3.1.0 false
spark.storage.decommission.fallbackStorage.cleanUp 3.2.0 false
spark.storage.decommission.fallbackStorage.path 3.1.0 -
spark.storage.decommission.maxReplicationFailuresPerBlock 3.1.0 3
spark.storage.decommission.rddBlocks.enabled 3.1.0 false 3.4:true
spark.storage.decommission.replicationReattemptInterval 3.1.0 30s
spark.storage.decommission.shuffleBlocks.bufferRacingMigrations 4.3.0 true
spark.storage.decommission.shuffleBlocks.enabled 3.1.0 false 3.4:true
spark.storage.decommission.shuffleBlocks.maxDiskSize 3.2.0 -
spark.storage.decommission.shuffleBlocks.maxThreads 3.1.0 8
spark.storage.exceptionOnPinLeak 1.6.2 false
spark.storage.localDiskByExecutors.cacheSize 3.0.0 1000
spark.storage.maxReplicationFailures 1.1.1 1
spark.storage.rddBlockChecksum.algorithm 4.3.0 CRC32C
spark.storage.rddBlockChecksum.enabled 4.3.0 false
spark.storage.rddBlockChecksum.verifyOnReplication 4.3.0 false
spark.storage.replication.policy 2.1.0 org.apache.spark.storage.RandomBlockReplicationPolicy
spark.storage.replication.proactive 2.2.0 false 3.2:true
spark.storage.replication.topologyFile 2.1.0 -
spark.storage.replication.topologyMapper 2.1.0 org.apache.spark.storage.DefaultTopologyMapper
spark.storage.shuffleManager.initWaitingTimeout 4.2.0 30s
spark.testing.skipValidateCores 3.0.1 false
spark.unsafe.exceptionOnMemoryLeak 1.4.0 false
spark.unsafe.sorter.spill.merge.factor 4.2.0 -1
spark.unsafe.sorter.spill.read.ahead.enabled 2.3.0 true
spark.yarn.isPython 1.5.0 false
"""

# The static manager's, gone with it in 3.0; 2.4 reads them where spark.memory.useLegacyMode is true.
LEGACY_SWITCH = "spark.memory.useLegacyMode"
LEGACY_KEYS = """
spark.memory.useLegacyMode - false
spark.shuffle.memoryFraction - 0.2
spark.shuffle.safetyFraction - 0.8
spark.storage.memoryFraction - 0.6
spark.storage.safetyFraction - 0.9
spark.storage.unrollFraction - 0.2
"""

# Old names: since when deprecated, the name in their place, and the release that no longer reads them.
# Follows SparkConf.configsWithAlternatives and the entries' own withAlternative; the last two were current in 2.4.
OLD_NAMES = """
spark.akka.frameSize 1.6 spark.rpc.message.maxSize 3.4
spark.kryoserializer.buffer.max.mb 1.4 spark.kryoserializer.buffer.max
spark.kryoserializer.buffer.mb 1.4 spark.kryoserializer.buffer
spark.kubernetes.memoryOverheadFactor 3.3 spark.executor.memoryOverheadFactor
spark.reducer.maxMbInFlight 1.4 spark.reducer.maxSizeInFlight
spark.reducer.maxReqSizeShuffleToMem 2.3 spark.maxRemoteBlockSizeFetchToMem
spark.shuffle.file.buffer.kb 1.4 spark.shuffle.file.buffer
spark.unsafe.offHeap 1.6 spark.memory.offHeap.enabled
spark.yarn.driver.memoryOverhead 2.3 spark.driver.memoryOverhead
spark.yarn.executor.memoryOverhead 2.3 spark.executor.memoryOverhead
spark.maxRemoteBlockSizeFetchToMem 3.0 spark.network.maxRemoteBlockSizeFetchToMem
spark.storage.blockManagerSlaveTimeoutMs 3.1 spark.storage.blockManagerHeartbeatTimeoutMs
"""
