"""A real browser on the built site: `visit` opens a page, a `Reader` does what people do there.

Pages carry a strict policy for scripts, and the tests leave it on: so nothing here evaluates
text inside the page (`wait_for_function` would).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from reader import CALCULATOR, HELPERS, PATIENCE_MS, ROOT, Reader

from tools import chromium
from tools.bench.host import NO_LIMIT, Host, Line
from tools.bench.visits import OPTIONS

SITE = ROOT / "site"

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = chromium.find()
    if not path:
        pytest.fail(chromium.ADVICE, pytrace=False)
    started = playwright.chromium.launch(executable_path=path, args=OPTIONS)
    yield started
    started.close()


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """The built site, as fast as it goes."""
    if not (SITE / CALCULATOR / "index.html").is_file():
        pytest.fail("the browser tests need the built site: make site", pytrace=False)
    with Host(SITE, NO_LIMIT) as serving:
        yield serving


@pytest.fixture
def slow_host() -> Iterator[Host]:
    """The built site at 16 Mbit/s: Python takes about two and a half seconds to arrive."""
    with Host(SITE, Line("slow", 16e6 / 8, 0.02)) as serving:
        yield serving


@pytest.fixture
def context_of(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes fresh profiles: nothing in the cache, nothing stored."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        made[-1].add_init_script(HELPERS)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def reader(context_of: Callable[..., BrowserContext], host: Host) -> Reader:
    """A reader with a fresh profile, who has not opened the page yet."""
    return Reader(context_of().new_page(), host)
