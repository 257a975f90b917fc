"""What recorded answers do not say of the arithmetic: whose a heap is, whom a refusal names, where a search begins."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from sparkmem.errors import InputError, Refused, SparkmemError
from sparkmem.javalang import LONG_MAX, LONG_MIN, double_to_long, java_double, java_double_text
from sparkmem.jvm.collectors import NAMES, java_heap
from sparkmem.jvm.flags import HeapFlags, heap_flags
from sparkmem.jvm.heap import Heap, initial_heap, least_max_heap
from sparkmem.jvm.regions import power_of_2_above, power_of_2_below
from sparkmem.release import JAVA_VERSIONS, NEWEST, RELEASES
from sparkmem.size import MIB
from sparkmem.size.meant import what_to_write
from sparkmem.size.shown import WEB_UI, Reading, by_hand, readings, release_of
from sparkmem.size.written import bytes_to_string, ui_bytes
from sparkmem.spark.containers import yarn
from sparkmem.spark.containers.container import KUBERNETES, LOCAL, STANDALONE, YARN, Application, profiles_supported
from sparkmem.spark.containers.kubernetes import driver_pod, executor_pod
from sparkmem.spark.containers.overhead import FACTOR, GIVEN, MINIMUM, overhead
from sparkmem.spark.containers.python_workers import worker_limit
from sparkmem.spark.containers.resource_profile import default_profile, executor_resources
from sparkmem.spark.managers import storage_levels
from sparkmem.spark.managers.sizes import static_manager, unified_manager
from sparkmem.spark.managers.storage_levels import levels_at
from sparkmem.spark.managers.trace import replay
from sparkmem.spark.settings.spark_conf import SparkConf

GIB = 1024 * MIB
LEAST_INT = -(1 << 31)
ANCHORS = set((Path(__file__).parents[1] / "golden" / "anchors.txt").read_text().splitlines())


def conf(release="4.3", **settings):
    return SparkConf({f"spark.{key.replace('_', '.')}": value for key, value in settings.items()}, release)


class TestHeap:
    @pytest.mark.parametrize("gc", NAMES)
    def test_it_says_whose_it_is(self, gc):
        for java in JAVA_VERSIONS if gc != "cms" else (8, 11):
            heap = java_heap(GIB + 1, gc, java, HeapFlags(), 16 * GIB, 4)
            assert (heap.gc, heap.java, heap.asked_bytes) == (gc, java, GIB + 1)
            assert 0 < heap.initial_bytes <= heap.max_heap_bytes
            assert heap.why.startswith("the heap less " if heap.held_back_bytes else "the whole heap")
            sizes = [value for name, value in vars(heap).items() if name.endswith("_bytes")]
            assert {type(size) for size in sizes} <= {int, type(None)}, "a size is never a double"

    @pytest.mark.parametrize(
        ("gc", "heap", "flags", "young", "young_25"),
        [
            # MaxNewSize, as -XX:+PrintFlagsFinal showed it: 11, 17 and 21 agree
            ("serial", 2, "", 655360, 1310720),
            ("serial", 6, "-XX:NewRatio=9", 1179648, 1310720),
            ("serial", 64, "-Xms32m -XX:NewSize=64k -XX:MaxNewSize=64k", 196608, 196608),
            ("parallel", 4, "", 1572864, 1572864),
            ("parallel", 6, "-XX:NewSize=1m -XX:MaxNewSize=2m", 1572864, 1572864),
            ("parallel", 64, "-Xms32m -XX:NewSize=64k -XX:MaxNewSize=64k", 1572864, 1572864),
            ("serial", 64, "-Xms32m -XX:MaxNewSize=1g", 67043328, 67043328),
            ("parallel", 64, "-Xms32m -XX:MaxNewSize=1g", 66584576, 66584576),
        ],
    )
    def test_one_too_small_for_both_generations_is_divided_as_the_jvm_divides_it(self, gc, heap, flags, young, young_25):
        """The calculators refuse heaps below 8 MiB; the rule is the same."""
        for java in JAVA_VERSIONS:
            found = java_heap(heap * MIB, gc, java, heap_flags(flags), 24 * GIB, 2)
            assert found.young_bytes == (young_25 if java >= 25 else young), java

    def test_a_region_of_g1_is_32_mib_at_most_however_large_the_heap(self):
        for java in (11, 17):  # as both showed it under -Xmx128g -Xms64m
            assert java_heap(128 * GIB, "g1", java, heap_flags("-Xms64m"), 24 * GIB, 2).region_bytes == 33554432

    def test_a_region_of_g1_is_what_was_asked_for_up_to_512_mib_in_later_javas(self):
        for java in (21, 25):
            sizes = [java_heap(128 * GIB, "g1", java, heap_flags(f"-XX:G1HeapRegionSize={mib}m"), GIB, 2).region_bytes
                     for mib in (1, 64, 512)]  # fmt: skip
            assert sizes == [MIB, 64 * MIB, 512 * MIB]

    @pytest.mark.parametrize(
        ("flags", "young"),
        [("", 348913664), ("-XX:NewSize=50m", 348913664), ("-XX:MaxNewSize=100m", 104857600), ("-XX:NewRatio=3", 2147483648),
         ("-XX:MaxNewSize=100m -XX:NewRatio=3", 104857600), ("-XX:NewSize=500m", 524288000)],
    )  # fmt: skip
    def test_nothing_but_its_own_flags_lifts_the_young_generation_of_cms(self, flags, young):
        assert java_heap(8 * GIB, "cms", 11, heap_flags(flags), 16 * GIB, 4).young_bytes == young

    @pytest.mark.parametrize(
        ("java", "flags", "mappings"),
        [(11, "", 3), (17, "", 3), (21, "", 3), (21, "-XX:+ZGenerational", 1), (21, "-XX:-ZGenerational", 3), (25, "", 1)],
    )
    def test_a_z_of_one_generation_stands_three_times_among_the_addresses(self, java, flags, mappings):
        heap = java_heap(GIB, "z", java, heap_flags(flags), 16 * GIB, 4)
        assert (heap.mappings, heap.counted_again_bytes) == (mappings, (mappings - 1) * GIB)

    def test_the_first_heap_is_a_64th_of_the_machine_and_never_more_than_the_most(self):
        assert initial_heap(4 * GIB, HeapFlags(), 64 * GIB) == GIB
        assert initial_heap(512 * MIB, HeapFlags(), 64 * GIB) == 512 * MIB
        assert initial_heap(GIB, heap_flags("-Xms3m"), 64 * GIB) == 4 * MIB, "in steps of 2 MiB"


def reporting(bytes_more, least=1):
    """The heap of a JVM that reports so much more than was asked for, and that does not start below `least`."""

    def heap_of(asked):
        assert asked >= least, "no JVM starts with that"
        return Heap("g1", 17, asked, asked, asked + bytes_more, "")

    return heap_of


class TestLeastHeap:
    @pytest.mark.parametrize(
        ("wanted", "more", "least", "mib"),
        [
            (5 * MIB, 0, 0, 5), (5 * MIB + 1, 0, 0, 6), (5 * MIB, -1, 0, 6), (5 * MIB, -3 * MIB, 0, 8), (5 * MIB, MIB, 0, 4),
            (5 * MIB, MIB - 1, 0, 5), (10 * MIB, 4 * MIB, 8 * MIB, 8), (10 * MIB, 4 * MIB, 8 * MIB - 1, 8),
            (10 * MIB, 4 * MIB, 8 * MIB + 1, 9), (10 * MIB, 4 * MIB, 0, 6), (MIB, 9 * MIB, 0, 1), (2 * MIB, 9 * MIB, 0, 1),
            (1, 0, 7 * MIB, 7),
        ],
    )  # fmt: skip
    def test_no_smaller_one_would_do_and_none_is_tried_that_does_not_start(self, wanted, more, least, mib):
        assert least_max_heap(wanted, reporting(more, max(least, 1)), least) == mib


def refused_by(call):
    with pytest.raises((Refused, InputError)) as caught:
        call()
    found = caught.value
    assert len(found.message) > 15
    assert "None" not in found.message
    return (found.key if isinstance(found, Refused) else found.name), found.see


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "call"),
        [
            ("cluster-manager", lambda: Application(conf(), LOCAL, requests={"memory": "1g"}).executor()),
            ("cluster-manager", lambda: Application(conf("3.3"), STANDALONE, requests={"memory": "1g"}).executor()),
            ("spark.executor.cores", lambda: executor_pod(conf("2.4", executor_cores="x"), None)),
            ("spark.memory.offHeap.size", lambda: Application(conf(memory_offHeap_enabled="true"), YARN).executor()),
            ("spark.executor.pyspark.memory", lambda: worker_limit(3, 4, 1, "4.3")),
            ("profile-memory", lambda: executor_resources(conf(), 0.1, 384, False, {"memory": "x"})),
            ("profile-memoryOverhead", lambda: executor_resources(conf(), 0.1, 384, False, {"memoryOverhead": "x"})),
            ("spark.executor.memory", lambda: executor_resources(conf(executor_memory="-5m"), 0.1, 384, False)),
            ("spark.executor.memory", lambda: Application(conf(), YARN).verify(1407)),
            ("spark.driver.memory", lambda: Application(conf(driver_memory="3g"), YARN, True).verify(1408)),
            ("spark.yarn.am.memory", lambda: Application(conf(yarn_am_memory="3g"), YARN).verify(1408)),
            ("manager", lambda: static_manager(conf("3.0", testing_memory=str(GIB)))),
            ("spark.testing.memory", lambda: unified_manager(conf())),
            ("jvm-max-memory", lambda: unified_manager(conf(testing_memory="1000"))),
            ("spark.executor.memory", lambda: unified_manager(conf(testing_memory=str(GIB), executor_memory="1m"))),
            ("spark.memory.fraction", lambda: unified_manager(conf(testing_memory=str(GIB), memory_fraction="0"))),
            ("spark.memory.storageFraction",
             lambda: unified_manager(conf("2.4", testing_memory=str(GIB), memory_storageFraction="1.5"))),
            ("spark.memory.offHeap.size",
             lambda: unified_manager(conf(testing_memory=str(GIB), memory_offHeap_enabled="true"))),
            ("spark.storage.memoryFraction",
             lambda: static_manager(conf("2.4", testing_memory=str(GIB), storage_memoryFraction="-1"))),
            ("spark.shuffle.memoryFraction",
             lambda: static_manager(conf("2.4", testing_memory=str(GIB), shuffle_memoryFraction="-1"))),
        ],
    )  # fmt: skip
    def test_each_names_its_setting_and_a_section_that_is_there(self, name, call):
        found, see = refused_by(call)
        assert found == name
        assert f"/{see}" in ANCHORS
        assert see != SparkmemError.see, "the section that explains it, not that which explains how to read"

    def test_a_replay_says_what_it_lacks(self):
        with pytest.raises(InputError, match=r"^a replay has no JVM that could report Runtime\.maxMemory$"):
            unified_manager(conf())

    def test_a_trace_names_each_key_that_it_does_not_have(self):
        errors = replay({"conf": {"spark.testing.memory": str(GIB)}, "ops": [], "opps": [], "relase": "3.0"})["errors"]
        assert [(error["input"], error["message"].partition(",")[0]) for error in errors] == [
            ("opps", "a trace has no 'opps'"), ("relase", "a trace has no 'relase'")]  # fmt: skip

    def test_a_trace_with_a_fault_in_each_part_names_each_in_its_words(self):
        long = "k" * 90
        trace = {long: 1, "release": "9.9", "manager": "x", "conf": {"a": 1}, "cores": 0, "gc": "x", "ops": []}
        said = {error.pop("input"): error for error in replay(trace)["errors"]}
        assert {name: error["message"] for name, error in said.items()} == {
            long[:80]: f"a trace has no '{long[:80]}', but release, manager, conf, cores, gc, ops",
            "release": f"release '9.9' is none of {', '.join(RELEASES)}",
            "manager": "manager 'x' is neither unified nor static",
            "conf": "conf is an object of keys and texts",
            "cores": "cores is a whole number from 1 on, not 0",
            "gc": "gc 'x' is none of g1, parallel, serial, z, shenandoah",
        }
        assert {(error["see"], error["by"]) for error in said.values()} == {("memory-manager/#traces", "sparkmem")}
        assert [error["input"] for error in replay({"cores": True, "conf": {}, "ops": []})["errors"]] == ["cores"]
        (error,) = replay(7)["errors"]
        assert error == {"input": "", "message": "a trace is an object with conf and ops", "see": "memory-manager/#traces",
                         "by": "sparkmem"}  # fmt: skip
        assert replay({})["errors"][0]["message"] == "ops is a list of operations, not null"

    @pytest.mark.parametrize(
        ("trace", "see"),
        [
            (["no object"], "memory-manager/#traces"), ({"conf": {}, "ops": []}, "memory-manager/#rules"),
            ({"ops": []}, "memory-manager/#rules"), ({"opps": []}, "memory-manager/#traces"),
            ({"conf": {"spark.testing.memory": str(GIB), "spark.memory.fraction": "0"}, "ops": []},
             "memory/executor-heap/#refusals"),
        ],
    )  # fmt: skip
    def test_a_trace_that_cannot_be_replayed_names_its_section(self, trace, see):
        error = replay(trace)["errors"][0]
        assert (error["see"], error["by"]) == (see, "Spark" if see == "memory/executor-heap/#refusals" else "sparkmem")

    def test_a_static_manager_of_a_later_release_says_where_there_is_one(self):
        with pytest.raises(InputError) as caught:
            static_manager(conf("3.0", testing_memory=str(GIB)))
        assert caught.value.change == "replay it on 2.4"

    def test_a_profile_is_refused_with_the_places_that_the_release_names(self):
        assert "on YARN and Kubernetes and Standalone with" in profiles_supported("3.4")
        assert "on YARN and Kubernetes with" in profiles_supported("3.3")

    def test_a_container_as_large_as_the_largest_is_not_refused(self):
        Application(conf(), YARN).verify(1408)
        Application(conf(), YARN, True).verify(1408)
        Application(conf(), STANDALONE).verify(1)


class TestTerms:
    def test_an_overhead_says_by_which_rule(self):
        assert [(found.mib, found.rule) for found in (overhead(None, 8192, 0.1, 384), overhead(None, 1024, 0.1, 384))] == [
            (819, FACTOR), (384, MINIMUM)]  # fmt: skip
        assert (overhead(7, 8192, 0.1, 384).mib, overhead(7, 8192, 0.1, 384).rule) == (7, GIVEN)

    @pytest.mark.parametrize("release", RELEASES)
    def test_workers_of_python_are_in_a_container_of_yarn_s_and_of_other_languages_are_not(self, release):
        settings = conf(release, executor_memory="2g", executor_pyspark_memory="1g")
        terms = [Application(settings, YARN, language=name).executor().pyspark_mib for name in ("python", "jvm")]
        assert terms == [1024, 0]
        checked = [yarn.submission(settings, True, python).pyspark_mib for python in (True, False)]
        assert checked == terms, "YARN's check counts what is asked for"

    @pytest.mark.parametrize("release", RELEASES)
    def test_the_least_overhead_is_a_setting_since_4_0_and_no_pod_before_reads_it(self, release):
        settings = {"executor_memory": "1g", "executor_minMemoryOverhead": "700m", "driver_minMemoryOverhead": "800m"}
        found = conf(release, **settings)
        pods = executor_pod(found).overhead.mib, driver_pod(found, "java").overhead.mib
        assert pods == ((700, 800) if float(release) >= 4 else (384, 384))

    def test_what_kubernetes_is_told_of_workers_was_kept_in_32_bits(self):
        settings = {"executor_pyspark_memory": f"{(1 << 31) + 1}m", "kubernetes_resource_type": "python"}
        assert executor_pod(conf("3.0", **settings)).pyspark_mib == 1 - (1 << 31)

    def test_a_profile_on_a_standalone_cluster_asks_for_its_own_memory(self):
        asked = Application(conf(executor_memory="2g", executor_pyspark_memory="1g"), STANDALONE, requests={"memory": "4g"})
        assert asked.executor().memory_mib == 4096

    @pytest.mark.parametrize("manager", [YARN, KUBERNETES, STANDALONE])
    def test_a_profile_asks_for_its_own_memory_wherever_there_are_profiles(self, manager):
        assert Application(conf(), manager, requests={"memory": "4g"}).executor().memory_mib == 4096

    @pytest.mark.parametrize("release", ["2.4", "3.0"])
    def test_what_yarn_is_told_is_kept_in_32_bits(self, release):
        """The ``toInt`` behind each size that ``Client`` and ``YarnAllocator`` read, before profiles came."""
        beyond = f"{(1 << 31) + 1}m"
        asked = yarn.executor(conf(release, executor_memory=beyond, executor_memoryOverhead=f"{(1 << 32) + 1}m"), False)
        assert (asked.memory_mib, asked.overhead.mib) == (1 - (1 << 31), 1)
        assert yarn.submission(conf(release, yarn_am_memory=beyond), False, False).am_memory_mib == 1 - (1 << 31)
        assert yarn.submission(conf(release, driver_memory=beyond), True, False).am_memory_mib == 1 - (1 << 31)


class TestShown:
    @pytest.mark.parametrize("text", ["1 PiB", "1024.0 TiB", "2.0 PiB", "1 TiB", "434.4 MiB", "2 GiB", "7.9 PiB"])
    def test_a_reading_begins_and_ends_where_another_text_would_be_written(self, text):
        """Beside a border of a large unit doubles fall to its other side, in web UI and log at their own places."""
        for release in ("3.0", "3.4", "3.5", "4.3"):
            for found in readings(text, release):
                for where in found.where:
                    write = ui_bytes if where == WEB_UI else bytes_to_string
                    sizes = (found.least_bytes - 1, found.least_bytes, found.most_bytes, found.most_bytes + 1)
                    assert [write(size, release) == text for size in sizes] == [False, True, True, False], (release, where)


    @pytest.mark.parametrize(
        ("text", "step"), [("366 MB", 2), ("114 GB", 3), ("1,024 MB", 2), ("1.25 GiB", 3), ("0.049 TB", 4)]
    )
    def test_what_a_person_rounded_begins_and_ends_where_rounding_turns(self, text, step):
        number = Decimal(text.split()[0].replace(",", ""))
        for found in by_hand(text):
            in_thousands = found.releases == ("2.4",) and found.least_bytes < number * (1024**step + 1000**step) / 2
            base = 1000 if in_thousands else 1024
            sizes = (found.least_bytes - 1, found.least_bytes, found.most_bytes, found.most_bytes + 1)
            rounded = [(Decimal(size) / base**step).quantize(number, ROUND_HALF_UP) == number for size in sizes]
            assert rounded == [False, True, True, False], found


class TestProfile:
    def test_what_it_asks_for_counts_and_the_rest_is_the_application_s(self):
        sizes = {"executor_memory": "2g", "executor_memoryOverhead": "500m", "executor_pyspark_memory": "1g"}
        settings = conf(**sizes, executor_cores="2")
        own = executor_resources(settings, 0.1, 384, True)
        assert (own.cores, own.memory_mib, own.overhead.mib, own.off_heap_mib, own.pyspark_mib) == (2, 2048, 500, 0, 1024)
        requests = {"cores": "3", "memory": "4g", "memoryOverhead": "700m", "pysparkMemory": "2g"}
        asked = executor_resources(settings, 0.1, 384, True, requests)
        assert (asked.cores, asked.memory_mib, asked.overhead.mib, asked.pyspark_mib) == (3, 4096, 700, 2048)
        assert asked.overhead.rule == GIVEN
        off_heap = conf(memory_offHeap_enabled="true", memory_offHeap_size="2g")
        terms = [executor_resources(off_heap, 0.1, 384, False, asks).off_heap_mib for asks in (None, {"offHeap": "1g"})]
        assert terms == [2048, 1024]
        assert executor_resources(conf(), 0.1, 384, True, {"memoryOverhead": "700m"}).overhead.rule == GIVEN
        assert executor_resources(settings, 0.1, 384, False, requests).pyspark_mib == 0, "only Python has workers"


def test_a_profile_of_nothing_asks_for_nothing():
    assert default_profile(conf(executor_memory="0")).memory_mib == 0


@pytest.mark.parametrize("factor", [-3.0, 3.0])
def test_a_share_beyond_an_int_is_the_end_of_int_on_its_side(factor):
    assert overhead(None, 2_000_000_000, factor, -(1 << 62)).share_mib == (LEAST_INT if factor < 0 else -LEAST_INT - 1)


def test_a_double_beyond_a_long_is_the_end_of_long_on_its_side():
    for value, whole in ((-1e30, LONG_MIN), (1e30, LONG_MAX), (float("nan"), 0), (-1.9, -1), (1.9, 1)):
        assert double_to_long(value) == whole


def test_a_double_is_written_and_read_as_java_does_it():
    texts = {
        1.5e-7: "1.5E-7", 1e22: "1.0E22", 0.0123: "0.0123", 0.00123: "0.00123", 0.123: "0.123", -2.5e300: "-2.5E300",
        123456.75: "123456.75", 1.7976931348623157e308: "1.7976931348623157E308",
    }  # fmt: skip
    assert {value: java_double_text(value) for value in texts} == texts
    read = {"0x1p-1f": 0.5, "0x.8p0D": 0.5, "0x1.fp3": 15.5, "-Infinity": float("-inf"), "1.5d": 1.5}
    assert {text: java_double(text) for text in read} == read


def test_powers_of_two_on_both_sides():
    assert [power_of_2_above(n) for n in range(10)] == [1, 1, 2, 4, 4, 8, 8, 8, 8, 16]
    assert [power_of_2_below(n) for n in range(-1, 10)] == [0, 0, 1, 2, 2, 4, 4, 4, 4, 8, 8]


def test_a_share_is_told_as_a_number_with_a_point():
    reason = "a number has a point and no percent sign"
    for text, number in (("60%", "0.6"), ("0,6", "0.6"), ("06%", "0.06"), (" 100 % ", "1"), ("0.60", "0.6")):
        assert what_to_write("number", text, "0.5") == f"write {number}: {reason}"
    assert [what_to_write("number", text, "0.5") for text in ("0.6", "abc", "1e-1", "")] == [""] * 4
    assert what_to_write("text", "60%", "0.5") == ""


def test_what_to_write_is_told_with_its_reason():
    told = {
        "lots": "write digits and a unit, as in 16g", "8 GB": "write 8g: digits, and one letter right behind them",
        "8,000m": "write 8000m: digits, and one letter right behind them", "8": "write 8g: a size needs its unit",
        "1.5g": "write 1536m: a size is a whole number",
    }  # fmt: skip
    assert {text: what_to_write("size", text, "16g") for text in told} == told
    assert what_to_write("size", "lots", "100").endswith("as in 8g"), "an example without a unit is none"


@pytest.mark.parametrize("read", [readings, by_hand])
def test_what_no_release_writes_was_rounded_by_a_person_in_either_unit(read):
    found = [(reading.where, reading.least_bytes, reading.most_bytes) for reading in read("1.55 GB", "2.4")]
    assert found == [(("rounded by hand",), 1545000000, 1554999999), (("rounded by hand",), 1658931119, 1669668536)]


def test_a_reading_of_no_release_is_of_the_newest():
    assert release_of(Reading(("log",), (), 1, 1)) == NEWEST


def test_levels_are_scala_s_where_python_is_not_asked_for():
    assert levels_at("3.0")["MEMORY_ONLY"].deserialized
    assert not levels_at("3.0", True)["MEMORY_ONLY"].deserialized


def test_a_call_that_caches_says_its_level_and_where_that_is_decided():
    assert storage_levels.DEFAULTS["Dataset.cache"].at("4.3").deserialized
    assert not storage_levels.PYTHON_DEFAULTS["RDD.persist"].at("4.3").deserialized, "what Python keeps is pickled"
    source = storage_levels.DEFAULTS["RDD.cache"].source("3.5")
    assert (source.project, source.tag, source.path.rpartition("/")[2]) == ("Spark", "v3.5.9", "RDD.scala")
    assert source.symbol == "persist(StorageLevel.MEMORY_ONLY)"
