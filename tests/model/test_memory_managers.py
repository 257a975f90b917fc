"""What holds in a memory manager after every step, whatever happens to it."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sparkmem.spark.managers.replaying import Replay
from sparkmem.spark.managers.static_manager import StaticMemoryManager
from sparkmem.spark.managers.static_regions import Share
from sparkmem.spark.managers.storage_pool import rdd_id
from sparkmem.spark.managers.unified_manager import UnifiedMemoryManager
from sparkmem.spark.managers.unified_regions import Regions

MOST = 1000
SIZES = st.one_of(st.integers(0, MOST + 200), st.sampled_from([0, 1, MOST // 2, MOST]))
TASKS = st.integers(1, 4)
MODES = st.sampled_from(["on", "on", "off"])


class Managers(RuleBasedStateMachine):
    """Every operation of a trace, except storage released that was never acquired: that unbalances Spark's own books."""

    static = False

    @initialize(storage=st.integers(0, MOST - 1), off_heap=st.integers(0, MOST), off_storage=st.integers(0, MOST))
    def start(self, storage, off_heap, off_storage):
        on, off = Regions(MOST, storage), Regions(off_heap, min(off_storage, off_heap))
        if self.static:
            shares = Share(storage, storage), Share(MOST - storage, MOST - storage)
            self.manager = StaticMemoryManager(*shares, storage // 3, off_heap)
        else:
            self.manager = UnifiedMemoryManager(on, off)
        self.replay = Replay(self.manager, counts_unmanaged=not self.static)
        self.maxima = [pools.execution.pool_size + pools.storage.pool_size for pools in self.pools()]
        self.blocks = 0
        self.loose = []

    def pools(self):
        return self.manager.on_heap, self.manager.off_heap

    def step(self, *op):
        """One operation; what was locked before it must be there after it, and what it grants within 1/N."""
        store = self.manager.memory_store
        locked = {name for name, entry in store.entries.items() if entry.readers}
        order = [name for name, entry in store.entries.items() if not entry.readers]
        answer = self.replay.step(list(op))
        assert locked <= set(store.entries), "a block went while it was read"
        gone = answer.get("evicted", [])
        assert gone == [name for name in order if name in gone], "not in the order of last use"
        if op[0] in ("put", "acqStorage", "acqUnroll") and rdd_id(op[1]):
            assert all(rdd_id(name) != rdd_id(op[1]) for name in gone), "a block of the same RDD went"
        if op[0] == "acqExec" and answer.get("result"):
            self.check_grant(op[2], op[3] == "off")
        if "unblocked" in answer and answer["unblocked"]["got"]:
            self.check_grant(answer["unblocked"]["task"], self.waited_off_heap)
        if answer.get("blocks"):
            self.waited_off_heap = op[3] == "off"
        return answer

    def check_grant(self, task, off_heap):
        pools = self.pools()[off_heap]
        execution = pools.execution
        most = pools.max_execution_pool_size() // len(execution.memory_for_task)
        assert execution.memory_for_task[task] <= most, "more than 1/N at grant"

    @rule(rdd=st.integers(0, 2), size=SIZES, mode=MODES)
    def put(self, rdd, size, mode):
        self.blocks += 1
        self.step("put", f"rdd_{rdd}_{self.blocks}", size, mode)

    @rule(size=SIZES, mode=MODES)
    def put_broadcast(self, size, mode):
        self.blocks += 1
        self.step("put", f"broadcast_{self.blocks}", size, mode)

    @precondition(lambda self: self.blocks)
    @rule(op=st.sampled_from(["get", "remove", "pin", "unpin"]), data=st.data())
    def use(self, op, data):
        names = [*self.manager.memory_store.entries] or ["rdd_0_0"]
        self.step(op, data.draw(st.sampled_from(names)))

    @rule(size=SIZES, mode=MODES, unroll=st.booleans())
    def acquire(self, size, mode, unroll):
        name = "acqUnroll" if unroll else "acqStorage"
        if self.step(name, "rdd_1_0", size, mode).get("result"):
            self.loose.append(("relUnroll" if unroll else "relStorage", size, mode))

    @precondition(lambda self: self.loose)
    @rule(data=st.data())
    def release(self, data):
        place = data.draw(st.integers(0, len(self.loose) - 1))
        self.step(*self.loose.pop(place))

    @rule(size=SIZES, task=TASKS, mode=MODES)
    def ask(self, size, task, mode):
        self.step("acqExec", size, task, mode)

    @rule(size=SIZES, task=TASKS, mode=MODES)
    def give_back(self, size, task, mode):
        self.step("relExec", size, task, mode)

    @rule(task=TASKS)
    def end(self, task):
        self.step("relTask", task)

    @rule(size=SIZES, mode=MODES)
    def unmanaged(self, size, mode):
        self.step("unmanaged", mode, size)

    @invariant()
    def pools_add_up_to_their_maximum(self):
        for pools, most in zip(self.pools(), self.maxima, strict=True):
            assert pools.execution.pool_size + pools.storage.pool_size == most

    @invariant()
    def used_is_within_the_pool(self):
        for pools in self.pools():
            for pool in (pools.execution, pools.storage):
                assert 0 <= pool.memory_used <= pool.pool_size

    @invariant()
    def books_agree(self):
        """What a pool says it uses is what tasks, blocks and acquired memory come to."""
        store = self.manager.memory_store
        for mode, pools in zip(("on", "off"), self.pools(), strict=True):
            assert sum(pools.execution.memory_for_task.values()) == pools.execution.memory_used
            blocks = sum(entry.size for entry in store.entries.values() if entry.pool is pools.storage)
            acquired = sum(size for _, size, its_mode in self.loose if its_mode == mode)
            assert blocks + acquired == pools.storage.memory_used

    @invariant()
    def a_waiting_call_is_below_its_half_share(self):
        if self.replay.waiting:
            _, task, off_heap = self.replay.waiting
            assert task in self.pools()[off_heap].execution.memory_for_task


class StaticManagers(Managers):
    static = True


Managers.TestCase.settings = settings(max_examples=60, stateful_step_count=60)
StaticManagers.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestUnifiedManager = Managers.TestCase
TestStaticManager = StaticManagers.TestCase


@pytest.mark.parametrize("cls", [Managers, StaticManagers])
def test_machines_differ(cls):
    machine = cls()
    machine.start(storage=400, off_heap=0, off_storage=0)
    answer = machine.step("put", "rdd_0_0", 600, "on")
    assert answer["result"] is (cls is Managers)
