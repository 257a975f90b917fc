"""What every kind of test may use: the built site, and a server of it on loopback."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.server import SiteServer
from tools.suite.dealt import Dealt
from tools.suite.examples import OfExamples
from tools.suite.recorder import Recorder

ROOT = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    """Measures what each test costs (tools/suite).  To find the tests makes no garbage: none is looked for meanwhile."""
    gc.disable()
    config.pluginmanager.register(Recorder(config), "processor-time")
    config.pluginmanager.register(OfExamples(), "examples")
    config.pluginmanager.register(Dealt(), "dealt")


def pytest_collection_finish() -> None:
    """What was found stays to the end: it is kept out of the sight of each later collection of garbage.

    Nor is each thousand of new objects looked at: what a test makes goes by itself, and hypothesis is told of each look.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """The built site."""
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        pytest.fail("there is no built site: run make test, or make site first")
    return site


@pytest.fixture(scope="session")
def site_server(site_dir: Path) -> Iterator[SiteServer]:
    """A server of the built site on a free port, as GitHub Pages would serve it.

    `.url` is the home page, `.origin` the scheme, host and port, `.requests` the paths asked for so far.
    """
    server = SiteServer(site_dir)
    server.start()
    yield server
    server.shutdown()
    server.server_close()
