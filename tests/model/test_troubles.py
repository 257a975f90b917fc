"""Every element that starts Python has words for each way in which it may not start."""

import re

import pytest

from sparkmem.render.form import calculator_html
from sparkmem.render.happened import happened_html
from sparkmem.render.paste_box import paste_box_html
from sparkmem.render.run.page import run_reader_html
from sparkmem.render.troubles import texts_html
from sparkmem.render.watch import watch_html

ELEMENTS = {
    "spark-calc": lambda: calculator_html("executor-memory", "memory/executor-heap/", "r/", 1),
    "spark-diagnose": lambda: happened_html("what-happened/", "r/", 1),
    "spark-paste": lambda: paste_box_html("", "r/", 1),
    "spark-run": lambda: run_reader_html("read-a-run/", "r/", 1),
    "spark-watch": lambda: watch_html("memory/memory-manager/", "r/", 1),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_that_starts_python_says_why_it_could_not(name):
    element = re.search(rf"<{name} [^>]*>", ELEMENTS[name]())[0]
    words = set(re.findall(r"data-text-[a-z-]+", texts_html({})))
    assert {"data-text-cause-unable", "data-text-remedy-offline"} <= words
    assert words <= set(re.findall(r"data-text-[a-z-]+", element))
