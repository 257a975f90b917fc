"""The browser that all tests have: it is the one that was asked for."""


def test_v8_has_read_all_that_is_asked_of_it(reader):
    """It says nothing of a flag that it does not know, and leaves out those after it: the suite would only be slower."""
    assert reader.page.evaluate("typeof gc") == "function"
