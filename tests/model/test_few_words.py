"""A few words, as people have them in hand, name what they are part of, and never say more than perhaps."""

import tomllib
from pathlib import Path

import pytest

from sparkmem.diagnosis.diagnose import diagnosed, diagnosed_stream
from sparkmem.diagnosis.families import findings
from sparkmem.diagnosis.template import without_fields
from sparkmem.diagnosis.words import LONGEST_WORDS, findings_with
from sparkmem.render.headline import headline
from sparkmem.requests.diagnosis import FOUND, address_of, diagnosis_dict, of_address
from sparkmem.requests.recognised import recognised


@pytest.mark.parametrize(("words", "id"), [
    ("OOMKilled", "oom-killed"),
    ("oomkilled", "oom-killed"),
    ("OOM killed", "oom-killed"),
    ("Java heap space", "heap-space"),
    ("  GC overhead limit exceeded!", "gc-overhead"),
    ("org.apache.spark.shuffle.MetadataFetchFailedException", "fetch-failed"),
    ("SparkOutOfMemoryError:", "unable-to-acquire-memory"),
    ("Direct buffer memory", "direct-buffer-memory"),
    ("Total size of\n serialized results", "max-result-size"),
    ("Evicted", "evicted-memory"),
    ("Java heap spaces", "heap-space"),
    ("spark out of memory", "system-oom"),
    ("OOM", "heap-space"),
    ("driver OOM", "heap-space"),
    ("OOMKilled pod", "oom-killed"),
    ("oom killed 137", "oom-killed"),
    ("kubernetes exit code 137", "k8s-sigkill"),
    ("Exit code is 52", "exit-52"),
    ("Command failed with exit code 1", "exit-1"),
    ("memoryOverhead", "yarn-physical-limit"),
    ("Unable to acquire 65536 bytes of memory", "unable-to-acquire-memory"),
    ("cannot acquire memory", "unable-to-acquire-memory"),
    ("Buffer overflow. Available: 0, required: 8", "kryo-buffer"),
    ("numpy.core._exceptions.MemoryError", "python-memory-error"),
    ("python worker crashed", "python-worker-crashed"),
    ("serialized task too large", "rpc-message-too-large"),
    ("Serialized results too big", "max-result-size"),
    ("container is running beyond physical memory limits", "yarn-physical-limit"),
    ("missing output location", "fetch-failed"),
    ("Pod evicted", "evicted-disk"),
    ("evicted pod ephemeral-storage", "evicted-disk"),
    ("broadcast timeout", "broadcast-timeout"),
    ("lost executor heartbeat", "heartbeat-timeout"),
    ("core dumped", "exit-139"),
    ("hs_err_pid", "jvm-crashed"),
    ("StackOverflowError", "stack-overflow"),
    ("RocksDB LRU cache full", "rocksdb-cache-full"),
    ("yarn.scheduler.maximum-allocation-mb", "yarn-above-threshold"),
    ("executor killed", "yarn-physical-limit"),
    ("page too large", "page-too-large"),
    ("Full GC (Ergonomics)", "full-collection"),
    ("pod OOMKilled, what now", "oom-killed"),
    ("what is ExecutorLostFailure", "executor-lost"),
    ("my driver keeps dying with java heap space, please help", "heap-space"),
])  # fmt: skip
def test_words_name_the_failures_that_they_are_part_of(words, id):
    found = diagnosed(words)
    assert found.by_words
    assert id in [one.finding.id for one in found.findings]
    assert {one.certainty for one in found.findings} == {"possible"}
    assert headline(diagnosis_dict(found)).startswith("Perhaps")


CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "few-words.toml").read_text())


def _named(words):
    found = diagnosed(words)
    return {one.finding.id for one in (*found.findings, *found.harmless)}


def test_words_of_people_on_call_name_the_failures_they_mean():
    missed = [words for words, ids in CASES["words"].items() if not _named(words) & set(ids)]
    assert missed == CASES["missed"]
    assert len(CASES["words"]) > 8 * len(missed)


def test_words_of_other_trouble_name_none():
    assert [words for words in CASES["elsewhere"] if _named(words)] == []
    assert all(_named(words) for words in CASES["mistaken"])
    assert len(CASES["elsewhere"]) >= 5 * len(CASES["mistaken"])


def _first(sentence):
    return next((one.finding.id for one in diagnosed(sentence).findings), "")


def test_sentences_of_people_on_call_name_first_what_they_mean():
    missed = [words for words, ids in CASES["sentences"].items() if _first(words) not in ids]
    assert missed == CASES["sentences-missed"]
    assert len(CASES["sentences"]) > 8 * len(missed)


def test_sentences_about_other_things_name_nothing():
    assert [words for words in CASES["sentences-elsewhere"] if _named(words)] == []


def test_one_line_of_a_log_may_be_told_by_words_that_stand_next_to_each_other():
    told = diagnosed("ERROR executor: Java heap space while reading parquet on worker 3")
    assert [one.finding.id for one in told.findings] == ["heap-space"]
    assert told.by_words
    assert not diagnosed("ERROR reader: the space of the heap file is used, 3 of 4 blocks").findings


def test_the_class_of_an_exception_names_the_same_with_its_package_and_without():
    short, whole = (diagnosed(words).findings for words in ("OutOfMemoryError", "java.lang.OutOfMemoryError"))
    assert [one.finding.id for one in short] == [one.finding.id for one in whole]
    assert {"heap-space", "metaspace", "direct-buffer-memory"} <= {one.finding.id for one in short}


@pytest.mark.parametrize("words", [
    "", "memory", "spark", "error", "to", "space", "heap", "the driver of a bus", ".*", "(((((((",
    "connection refused", "task not serializable", "file not found", "permission denied", "table or view not found",
    "class not found", "syntax error near select", "{_:count}", "a" * LONGEST_WORDS, "Java heap space " * 20,
])  # fmt: skip
def test_words_of_nothing_and_of_everything_name_nothing(words):
    assert not diagnosed(words).findings


def test_a_whole_text_is_said_and_not_by_words():
    assert not diagnosed("java.lang.OutOfMemoryError: Java heap space").by_words
    assert not diagnosed("137").by_words


def test_words_are_a_few_only_where_nothing_follows_them():
    pieces = [b"Java heap space", *[b"\nan ordinary line of a log"] * 20]
    assert not diagnosed_stream(lambda many: pieces.pop(0) if pieces else b"").findings


def test_each_text_is_found_by_its_own_words():
    known = findings()
    missing = []
    for one in known.values():
        for text in one.text:
            words = max(without_fields(text.text).split("\n"), key=len).strip()
            if 12 <= len(words) <= LONGEST_WORDS and "  " not in words and one not in findings_with(words, known):
                missing.append(words)
    assert not missing


def test_an_address_says_perhaps_too():
    found = diagnosed("Java heap space")
    again = of_address(address_of(found)[FOUND])
    assert again.by_words
    assert {one.certainty for one in again.findings} == {"possible"}


def test_words_that_are_a_key_beside_a_value_stay_a_configuration():
    assert recognised("spark.driver.maxResultSize 4g").kind == "configuration"
    assert recognised("Java heap space").kind == "failure"
