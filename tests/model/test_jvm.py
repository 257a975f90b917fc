"""Flags of the JVM, and the heap that they shape; real JVMs are in the recordings."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparkmem.jvm.collectors import COLLECTORS, default_collector, java_heap
from sparkmem.jvm.flags import FlagError, HeapFlags, heap_flags, jvm_size
from sparkmem.size import GIB, MIB


class TestFlags:
    def test_a_later_flag_wins(self):
        assert heap_flags("-Xmn1g -XX:NewRatio=3 -Xmn2g").new_size_bytes == 2 * GIB

    def test_two_collectors_stop_the_jvm(self):
        with pytest.raises(FlagError, match="Multiple garbage collectors selected"):
            heap_flags("-XX:+UseG1GC -XX:+UseSerialGC")

    @given(st.text(max_size=40))
    def test_any_text_is_read_or_refused(self, text):
        with suppress(FlagError):
            assert heap_flags(text)

    @pytest.mark.parametrize("text", ["", "g", "1.5g", "4gb", "-1", "9" * 30])
    def test_sizes_that_the_jvm_does_not_read(self, text):
        with pytest.raises(FlagError):
            jvm_size(text)


class TestHeap:
    @given(
        st.integers(8 * MIB, 1 << 42),
        st.sampled_from(list(COLLECTORS)),
        st.sampled_from([11, 17, 21, 25]),
        st.integers(256 * MIB, 1 << 40),
    )
    def test_never_less_than_nothing_nor_more_than_the_heap(self, asked, gc, java, machine):
        heap = java_heap(asked, gc, java, HeapFlags(), machine)
        assert asked <= heap.max_heap_bytes <= asked + 32 * MIB
        assert 0 < heap.max_memory_bytes <= heap.max_heap_bytes

    @pytest.mark.parametrize(
        ("processors", "memory", "gc"),
        [(1, 64 * GIB, "serial"), (2, 1792 * MIB, "g1"), (2, 1792 * MIB - 1, "serial"), (64, GIB, "serial")],
    )
    def test_the_jvms_own_choice(self, processors, memory, gc):
        assert default_collector(processors, memory) == gc
