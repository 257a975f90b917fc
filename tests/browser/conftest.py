"""A real browser on the built site: a `Reader` does there what people do.

Pages carry a strict policy for scripts, and the tests leave it on: so nothing here evaluates
text inside the page (`wait_for_function` would).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from accessible import AXE, AXE_ADDRESS
from kept import Kept
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from reader import CALCULATOR, HELPERS, PATIENCE_MS, ROOT, Reader
from running import RunReader

from tools import chromium
from tools.bench.host import NO_LIMIT, Host
from tools.bench.visits import OPTIONS
from tools.server import Resource

SITE = ROOT / "site"

# For each window Chromium starts processes for what drops from its address bar, which nobody sees here: most of what a
# new profile costs.  The others are those that Playwright switches off, since the last list of them counts.
WITHOUT = [
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
    # A frame of its own for each document, with its own view and compositor, is a tenth of what a page costs.
    "RenderDocument",
]  # fmt: skip

# No test measures speed, and no page stands for long: what V8's later compilers make of Python's start and of scripts costs
# more than it saves a test, and so does a young generation that is swept every few megabytes: a page makes thirty.
# V8 reads these in their order, up to the first that it does not know; of the last one a page can tell that it was read.
ONCE = [
    "--liftoff-only", "--no-maglev", "--no-opt", "--min-semi-space-size=64", "--max-semi-space-size=64", "--expose-gc",
]  # fmt: skip

expect.set_options(timeout=PATIENCE_MS)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fresh: about a first visit, with a profile and a Python of its own")
    starting = "starting: about what comes before Python answers: its readers' pages start one, from what visits have kept"
    config.addinivalue_line("markers", starting)
    config.addinivalue_line("markers", "requests: about what the browser asks for, which its readers hear (those two do)")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = chromium.find_shell()
    if not path:
        pytest.fail(chromium.ADVICE, pytrace=False)
    options = [*OPTIONS, f"--disable-features={','.join(WITHOUT)}", f"--js-flags={' '.join(ONCE)}"]
    started = playwright.chromium.launch(executable_path=path, args=options)
    yield started
    started.close()


class _WithAxe(Host):
    compression_level = 1  # nobody looks at how long a text becomes, and each worker compresses all of Python

    def generated(self, path: str) -> Resource | None:
        return Resource("text/javascript; charset=utf-8", AXE.read_bytes()) if path == AXE_ADDRESS else None


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """The built site, as fast as it goes, and axe beside it."""
    if not (SITE / CALCULATOR / "index.html").is_file():
        pytest.fail("the browser tests need the built site: make site", pytrace=False)
    with _WithAxe(SITE, NO_LIMIT) as serving:
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
        context.unroute_all(behavior="ignoreErrors")  # of a script that is still on its way nobody waits for a changed one
        context.close()


@pytest.fixture(scope="session")
def kept(browser: Browser, host: Host) -> Kept:
    """Tabs in contexts that stay, with a Python that has started: see kept.py."""
    return Kept(browser, f"{host.url}checked/")


@pytest.fixture
def reader_of(
    request: pytest.FixtureRequest, kept: Kept, context_of: Callable[..., BrowserContext], host: Host
) -> Iterator[Callable[..., Reader]]:
    """Makes readers with options of a browser's context, who have nothing stored and have not opened the page yet.

    Python has been started before, unless the test is marked as `fresh` or as `starting`.  Readers of different `profile`
    share nothing.
    """
    fresh, starting, requests = (request.node.get_closest_marker(name) for name in ("fresh", "starting", "requests"))
    listens = bool(fresh or starting or requests)
    made: list[Reader] = []

    def make(kind: type[Reader] = Reader, **options: Any) -> Reader:
        page = context_of(**options).new_page() if fresh else kept.page(own_python=bool(starting), **options)
        made.append(kind(page, host, listens) if issubclass(kind, Reader) else kind(page, host))
        return made[-1]

    yield make
    if not fresh:
        for context in {reader.page.context for reader in made}:
            kept.leave(context)
    for reader in made:
        reader.leave()


@pytest.fixture
def reader(reader_of: Callable[..., Reader]) -> Reader:
    """One of them, with a desktop's window."""
    return reader_of()


@pytest.fixture
def other_reader(reader_of: Callable[..., Reader]) -> Reader:
    """Somebody else: with another profile."""
    return reader_of(profile="another")


@pytest.fixture
def run(reader_of: Callable[..., Any]) -> RunReader:
    """One in front of the page that reads a run."""
    reading: RunReader = reader_of(RunReader)
    return reading
