"""Sizes that people say in a few words, without a key: read where every word is understood, and left alone elsewhere."""

import pytest

from sparkmem.configuration import ConfigurationError, read
from sparkmem.configuration.few_words import looks_like
from sparkmem.requests.recognised import CONFIGURATION, recognised

E, D = "spark.executor.", "spark.driver."


@pytest.mark.parametrize(("text", "want"), [
    ("executor 16g", {E + "memory": "16g"}),
    ("driver 8g executor 16g 4 cores yarn", {D + "memory": "8g", E + "memory": "16g", E + "cores": "4"}),
    ("8g for executors, 4g for the driver", {E + "memory": "8g", D + "memory": "4g"}),
    ("8g executors 4g driver", {E + "memory": "8g", D + "memory": "4g"}),
    ("executors have 16 GB and 5 cores", {E + "memory": "16g", E + "cores": "5"}),
    ("Driver: 4 GB / Executors: 12 x 14 GiB (2 cores)",
     {D + "memory": "4g", E + "instances": "12", E + "memory": "14g", E + "cores": "2"}),
    ("10x8g executors", {E + "instances": "10", E + "memory": "8g"}),
    ("we run 10 executors with 8g each and 2g overhead on kubernetes",
     {E + "instances": "10", E + "memory": "8g", E + "memoryOverhead": "2g"}),
    ("executor memory 16g, driver memory 8g, 4 cores", {E + "memory": "16g", D + "memory": "8g", E + "cores": "4"}),
    ("executor 8g overhead 1g driver 4g overhead 512m",
     {E + "memory": "8g", E + "memoryOverhead": "1g", D + "memory": "4g", D + "memoryOverhead": "512m"}),
    ("executor: 2g overhead 8g heap", {E + "memoryOverhead": "2g", E + "memory": "8g"}),
    ("executor 16GB, 20% memory overhead, 2 GB driver",
     {E + "memory": "16g", E + "memoryOverheadFactor": "0.2", D + "memory": "2g"}),
    ("driver with 4 cores and 16g", {D + "cores": "4", D + "memory": "16g"}),
])  # fmt: skip
def test_what_a_few_words_come_to(text, want):
    assert read(text).values == want
    assert recognised(text).kind == CONFIGURATION


def test_the_manager_and_the_mode_are_known_from_them():
    assert read("4g executors on k8s, cluster mode").inputs().items() >= {
        ("cluster-manager", "kubernetes"), ("deploy-mode", "cluster"),
    }  # fmt: skip


@pytest.mark.parametrize("text", [
    "executor used 16g", "executor 3 has 16g", "executor lost 8g", "executor needs more than 8g", "driver 16g, node 64g",
    "executor 8g 4g", "8g driver executor 4g 2 cores 6g", "executors", "16g", "Executor 5 at 10.0.0.7:4242 with 4g",
    "an executor with 8g of 9g used", "executor 8g limit 9g",
])  # fmt: skip
def test_what_is_not_understood_to_the_last_word_is_not_read(text):
    with pytest.raises(ConfigurationError):
        read(text)


def test_a_long_text_is_not_looked_at():
    assert not looks_like("executor 8g, " * 20)
