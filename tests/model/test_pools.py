"""What recorded answers do not say of the pools of execution and storage: to the byte, who gets it and which block goes."""

import pytest

from sparkmem.size import MIB
from sparkmem.spark.managers.execution_pool import ExecutionMemoryPool, Share
from sparkmem.spark.managers.pools import MemoryPool, Monitor, Thrown
from sparkmem.spark.managers.sizes import static_manager, unified_manager
from sparkmem.spark.managers.task_shares import Pool
from sparkmem.spark.managers.trace import replay
from sparkmem.spark.managers.unified_regions import Regions
from sparkmem.spark.settings.spark_conf import SparkConf

GIB = 1024 * MIB


def conf(release="4.3", **settings):
    return SparkConf({f"spark.{key.replace('_', '.')}": value for key, value in settings.items()}, release)


def test_a_pool_does_not_shrink_below_what_it_holds():
    pool = MemoryPool(10)
    pool.memory_used = 8
    pool.decrement_pool_size(2)
    with pytest.raises(Thrown):
        pool.decrement_pool_size(1)
    assert pool.pool_size == 8


def test_storage_gets_no_byte_where_others_hold_all():
    manager = unified_manager(conf("4.1", testing="true", testing_memory="1000"))
    assert manager.put_bytes("rdd_1_0", 100, False)
    manager.on_heap.unmanaged_memory = 600
    assert not manager.put_bytes("rdd_2_0", 1, False)
    assert manager.memory_store.evicted == []


def test_a_page_is_that_of_one_core_where_none_are_told():
    trace = {"conf": {"spark.testing.memory": str(GIB)}, "ops": []}
    sizes = [replay({**trace, **cores})["initial"]["pageSize"] for cores in ({}, {"cores": 1}, {"cores": 2})]
    assert sizes[0] == sizes[1] == 2 * sizes[2] + 16


def test_a_manager_that_has_done_nothing_has_woken_nobody_and_knows_its_modes():
    manager = unified_manager(conf(testing_memory=str(GIB)))
    assert manager.monitor.notified is False
    assert [pools.storage.off_heap for pools in (manager.on_heap, manager.off_heap)] == [False, True]


def test_a_rule_without_words_is_told_without_words():
    with pytest.raises(Thrown) as caught:
        MemoryPool(10).decrement_pool_size(11)
    assert (caught.value.java_class, caught.value.message) == (
        "java.lang.IllegalArgumentException", "requirement failed")  # fmt: skip


def test_one_byte_that_storage_does_not_use_is_execution_s():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    assert manager.put_bytes("rdd_1_0", 299, False)
    assert manager.acquire_execution_memory(400, 1, False) == 301


def test_one_byte_that_is_missing_drives_out_a_block():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    assert manager.put_bytes("rdd_1_0", 600, False)
    assert manager.acquire_execution_memory(1, 1, False) == 1
    assert manager.memory_store.evicted == ["rdd_1_0"]


@pytest.mark.parametrize(("every", "most"), [("1ms", 300), ("0", 600)])
def test_memory_that_others_hold_counts_where_it_is_asked_for_however_often(every, most):
    settings = {"spark.testing": "true", "spark.testing.memory": "1000",
                "spark.memory.unmanagedMemoryPollingInterval": every}  # fmt: skip
    ops = [["unmanaged", "on", 300], ["acqExec", 5000, 1, "on"]]
    assert replay({"release": "4.1", "conf": settings, "ops": ops})["steps"][1]["result"] == most


def test_nothing_is_left_where_others_hold_more_than_there_is():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    manager.on_heap.unmanaged_memory = 601
    assert manager.on_heap.max_execution_pool_size() == 0


def test_two_tasks_wait_for_a_quarter_each():
    assert [Pool(Regions(100, 50), 0).least_for_each(tasks) for tasks in (1, 2, 5)] == [0, 25, 10]


def test_blocks_that_are_just_enough_go():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    assert manager.put_bytes("rdd_1_0", 400, False)
    assert manager.put_bytes("rdd_1_1", 200, False)
    assert manager.put_bytes("rdd_2_0", 600, False), "all that the others held, and not a byte more"
    assert manager.memory_store.evicted == ["rdd_1_0", "rdd_1_1"]
    assert manager.put_bytes("rdd_3_0", 600, False)
    assert manager.memory_store.evicted == ["rdd_1_0", "rdd_1_1", "rdd_2_0"], "until somebody has looked"


def test_a_task_may_ask_for_one_byte():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    assert manager.acquire_execution_memory(1, 1, False) == 1
    with pytest.raises(Thrown, match="invalid number of bytes requested: 0"):
        manager.acquire_execution_memory(0, 1, False)


def test_a_share_keeps_what_was_granted():
    manager = unified_manager(conf(testing="true", testing_memory="1000"))
    manager.acquire_execution_memory(50, 1, False)
    assert manager.on_heap.execution.last_share == Share(1, 600, 600, 150, 0, 50)


def test_memory_that_others_hold_is_of_the_mode_that_it_is_said_of():
    settings = {"spark.testing": "true", "spark.testing.memory": "1000", "spark.memory.offHeap.enabled": "true",
                "spark.memory.offHeap.size": "1000", "spark.memory.unmanagedMemoryPollingInterval": "1s"}  # fmt: skip
    for mode, most in (("on", [300, 1000]), ("off", [600, 700])):
        ops = [["unmanaged", mode, 300], ["acqExec", 5000, 1, "on"], ["acqExec", 5000, 2, "off"]]
        steps = replay({"release": "4.1", "conf": settings, "ops": ops})["steps"]
        assert [step["result"] for step in steps[1:]] == most, mode


def static():
    """A thousand MiB for storage, of which unrolling may drive out half."""
    sizes = {"testing_memory": str(1000 * MIB), "storage_memoryFraction": "1", "storage_safetyFraction": "1"}
    return static_manager(conf("2.4", **sizes, storage_unrollFraction="0.5"))


def test_a_block_does_not_drive_out_its_own_rdd():
    manager = static()
    assert manager.put_bytes("rdd_1_0", 900 * MIB, False)
    assert not manager.put_bytes("rdd_1_1", 900 * MIB, False)
    assert manager.put_bytes("rdd_2_0", 900 * MIB, False)
    assert manager.memory_store.evicted == ["rdd_1_0"]


def test_unrolling_drives_out_no_more_than_it_lacks():
    manager = static()
    for part in range(8):
        assert manager.put_bytes(f"rdd_1_{part}", 100 * MIB, False)
    assert manager.reserve_unroll_memory("rdd_2_0", 250 * MIB, False)
    assert manager.memory_store.evicted == ["rdd_1_0"]



def test_a_pool_that_nobody_has_asked_has_shared_nothing():
    assert ExecutionMemoryPool(100, Monitor()).last_share == Share(0, 0, 0, 0, 0, 0)
