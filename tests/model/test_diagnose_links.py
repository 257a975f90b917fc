"""Where the answer to a failure leads, and the words of its remark."""

import re

import pytest

from sparkmem.diagnosis.diagnose import diagnosed
from sparkmem.diagnosis.families import findings
from sparkmem.render.diagnosis_html import diagnosis_html
from sparkmem.render.diagnosis_reply import reply
from sparkmem.requests.diagnosis import diagnosis_dict


def test_a_bare_exit_code_has_the_way_to_its_rows():
    html = reply({"text": "exit code: 137", "page": "what-happened/"})["html"]
    assert 'href="../reference/exit-codes/#exit-137"' in html
    assert 'href="../reference/exit-codes/#exit-jvm-137"' in html
    assert "#exit-137" not in reply({"text": "the run of 137 tasks failed", "page": "what-happened/"})["html"]


@pytest.mark.parametrize(("text", "link"), [
    ("Reason: OOMKilled", ">Container request</a>"),
    ("Required executor memory (8192 MB), offHeap memory (0) MB, overhead (819 MB), and PySpark memory (0 MB) is above the"
     " max threshold (8192 MB) of this cluster!", " with these numbers</a>"),
])  # fmt: skip
def test_a_link_says_that_it_has_the_numbers_only_where_it_has_any(text, link):
    assert link in diagnosis_html(diagnosis_dict(diagnosed(text)), "what-happened/")


def test_a_remark_quotes_no_words_that_one_of_its_texts_does_not_have():
    for one in findings().values():
        for words in re.findall(r'"([^"]+)"', one.says):
            assert all(words in text.example for text in one.text), f"{one.id}: {words}"
