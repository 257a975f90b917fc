"""The memory managers of the model against real ones, operation by operation, and whether a wrong rule is seen."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sparkmem.spark.managers import execution_pool, static_manager, storage_pool, trace, trace_ops, unified_manager
from tools.oracle import traces
from tools.oracle.releases import at_least

HERE = Path(__file__).parent
FILES = {release: HERE / f"traces-{release}.json" for release in traces.RELEASES}
ALL = [pytest.param(release, id=release) for release in FILES]
LEAST_TRACES, LEAST_STEPS = 40, 60


@cache
def recording(release):
    return json.loads(FILES[release].read_text())


def replayed(release, case):
    return trace.replay({**case, "release": release.rsplit(".", 1)[0]})


def noticing(release, manager=None):
    """The traces in which the model, as it is now, differs from Spark."""
    cases = [case for case in recording(release)["cases"] if manager in (None, case["manager"])]
    return [f"{release} {case['id']}" for case in cases if replayed(release, case) != case["answer"]]


@pytest.mark.parametrize("release", ALL)
def test_no_field_of_any_step_differs_from_real_spark(release):
    differences = []
    for case in recording(release)["cases"]:
        said, real = replayed(release, case), case["answer"]
        assert said.get("initial") == real["initial"], f"{case['id']}: {said}"
        assert len(said["steps"]) == len(real["steps"])
        steps = zip(case["ops"], said["steps"], real["steps"], strict=True)
        differences += [f"{case['id']} {op}: {ours} is not {theirs}" for op, ours, theirs in steps if ours != theirs]
    assert not differences, f"{len(differences)} steps differ:\n" + "\n".join(differences[:10])


@pytest.mark.parametrize("release", ALL)
class TestRecording:
    def test_header_and_seed(self, release):
        found = recording(release)
        assert found["release"] == release
        assert found["command"] == f"python -m tools.oracle traces-{release} --seed {found['seed']}"
        assert "OpenJDK" in found["jvm"]
        asked = [{name: case[name] for name in case if name != "answer"} for case in found["cases"]]
        assert asked == traces.questions(release, found["seed"])

    def test_enough_traces_of_enough_operations(self, release):
        found = Counter(case["manager"] for case in recording(release)["cases"])
        managers = {"unified"} if at_least(release, "3.0") else {"unified", "static"}
        assert set(found) == managers
        assert min(found.values()) >= LEAST_TRACES
        assert all(len(case["answer"]["steps"]) >= LEAST_STEPS for case in recording(release)["cases"])

    def test_every_operation_and_every_outcome_was_met(self, release):
        names, outcomes = Counter(), Counter()
        for case in recording(release)["cases"]:
            for op, step in zip(case["ops"], case["answer"]["steps"], strict=True):
                names[op[0]] += 1
                outcomes.update(step.keys())
                outcomes["off-heap"] += "off" in op[1:]
                outcomes["released while waiting"] += "key not found" in step.get("error", {}).get("message", "")
                outcomes["refused"] += step.get("result") is False
        expected = set(trace_ops.OPERATIONS) - (set() if at_least(release, "4.1") else {"unmanaged"})
        assert set(names) == expected
        assert min(names.values()) >= 20
        ends = ("evicted", "blocks", "unblocked", "cancelled", "error", "off-heap", "released while waiting", "refused")
        assert min(outcomes[end] for end in ends) >= 10, outcomes


# One rule broken at a time: the traces have to notice.


def _grow_without_region(self, extra):
    if extra > 0 and self.storage.pool_size > 0:
        reclaimed = self.storage.free_space_to_shrink_pool(min(extra, self.storage.pool_size))
        self.storage.decrement_pool_size(reclaimed)
        self.execution.increment_pool_size(reclaimed)


def _evict_same_rdd(monkeypatch):
    monkeypatch.setattr(storage_pool, "rdd_id", lambda block: None)


def _evict_what_is_read(monkeypatch):
    monkeypatch.setattr(storage_pool.MemoryStore, "lock_for_reading", lambda self, block: block in self.entries)


def _evict_by_age(monkeypatch):
    monkeypatch.setattr(storage_pool.MemoryStore, "get", lambda self, block: block in self.entries)


def _evict_what_there_is(monkeypatch):
    """Not all or nothing: where the candidates do not add up, they go all the same."""
    real = storage_pool.MemoryStore.evict_blocks_to_free_space

    def evict(self, block, space, pool):
        freed = real(self, block, space, pool)
        if freed:
            return freed
        rdd = storage_pool.rdd_id(block)
        sizes = [e.size for e in self.entries.values() if e.pool is pool and not e.readers and (rdd is None or rdd != e.rdd)]
        return real(self, block, sum(sizes), pool) if sum(sizes) else 0

    monkeypatch.setattr(storage_pool.MemoryStore, "evict_blocks_to_free_space", evict)


def _no_wait(monkeypatch):
    real = execution_pool.ExecutionMemoryPool.try_to_acquire
    monkeypatch.setattr(execution_pool.ExecutionMemoryPool, "try_to_acquire", lambda *given: real(*given) or 0)


def _new_tasks_wake_nobody(monkeypatch):
    real = execution_pool.ExecutionMemoryPool.acquire_memory

    def acquire(self, *given):
        notified = self.monitor.notified
        got = real(self, *given)
        self.monitor.notified = notified
        return got

    monkeypatch.setattr(execution_pool.ExecutionMemoryPool, "acquire_memory", acquire)


def _storage_evicts_execution(monkeypatch):
    """Storage may borrow the execution pool down to nothing, used or not."""
    def acquire(self, block, num_bytes, off_heap):
        pools = self.off_heap if off_heap else self.on_heap
        missing = num_bytes - pools.storage.memory_free
        if 0 < missing <= pools.execution.pool_size:
            pools.execution.pool_size -= missing
            pools.storage.pool_size += missing
        return pools.storage.acquire_memory(block, num_bytes)

    monkeypatch.setattr(unified_manager.UnifiedMemoryManager, "acquire_storage_memory", acquire)


BROKEN = {
    "storage region ignored when execution reclaims": lambda m: m.setattr(
        unified_manager.UnifiedPools, "maybe_grow_execution_pool", _grow_without_region),
    "most of a task from the pool as it is": lambda m: m.setattr(
        unified_manager.UnifiedPools, "max_execution_pool_size", lambda self: self.execution.pool_size),
    "blocks of the same RDD evicted": _evict_same_rdd,
    "blocks evicted while they are read": _evict_what_is_read,
    "blocks evicted by age, not by use": _evict_by_age,
    "evicted although it does not suffice": _evict_what_there_is,
    "no call waits": _no_wait,
    "a new task wakes nobody": _new_tasks_wake_nobody,
    "storage evicts execution": _storage_evicts_execution,
    "releasing more than there is goes below 0": lambda m: m.setattr(
        storage_pool.StorageMemoryPool, "release_memory",
        lambda self, size: setattr(self, "memory_used", self.memory_used - size)),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_is_noticed(rule, monkeypatch):
    BROKEN[rule](monkeypatch)
    found = noticing("4.3.0") + noticing("3.0.3")
    print(f"{rule}: noticed by {len(found)} of 84 traces, {', '.join(found[:8])} …")
    assert len(found) >= LEAST_NOTICING.get(rule, 10), f"{rule}: only {found}"


LEAST_NOTICING = {"a new task wakes nobody": 3}


def test_unmanaged_memory_left_out_is_noticed(monkeypatch):
    monkeypatch.setattr(trace.Replay, "_unmanaged", lambda self, op: None)
    assert len(noticing("4.1.4")) + len(noticing("4.3.0")) >= 5
    assert not noticing("4.0.5")


def test_unroll_limit_of_the_static_manager_left_out_is_noticed(monkeypatch):
    real = static_manager.StaticMemoryManager.acquire_storage_memory
    monkeypatch.setattr(static_manager.StaticMemoryManager, "acquire_unroll_memory", real)
    assert len(noticing("2.4.8", "static")) >= 3
    assert not noticing("2.4.8", "unified")


def test_a_lone_task_can_wait_where_much_is_unmanaged():
    """What the page says of unmanaged memory: real Spark 4.3.0 kept a task waiting that no other could wake."""
    alone = [
        case["id"]
        for case in recording("4.3.0")["cases"]
        for op, step in zip(case["ops"], case["answer"]["steps"], strict=True)
        if step.get("blocks") and step["state"][9] == 0
    ]
    assert alone
