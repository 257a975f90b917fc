"""A tab of WebKitGTK, by selenium and Debian's driver; on a screen of its own where there is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

DRIVER, BROWSER, SCREEN = "WebKitWebDriver", "/usr/lib/*/webkit2gtk-4.?/MiniBrowser", "Xvfb"
PACKAGES = "webkit2gtk-driver xvfb"
_PATIENCE_SECONDS = 120


class WebKit:
    """One tab."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver
        driver.set_script_timeout(_PATIENCE_SECONDS)

    def open(self, address: str) -> None:
        self._driver.get(address)

    def run(self, expression: str) -> Any:
        """The value of an expression, or of the promise that it is, as JSON can hold it."""
        script = f"""const told = arguments[0];
        (async () => JSON.stringify(await ({expression})) ?? "null")()
          .then((text) => told(text), (error) => told(JSON.stringify({{ failed: String(error) }})));"""
        found = json.loads(self._driver.execute_async_script(script))
        if isinstance(found, dict) and "failed" in found:
            raise RuntimeError(found["failed"])
        return found

    def press(self, text: str) -> None:
        """Press the keys of a text, wherever the focus is."""
        ActionChains(self._driver).send_keys(text).perform()


def find() -> str:
    return (shutil.which(DRIVER) or "") if os.environ.get("DISPLAY") or shutil.which(SCREEN) else ""


@contextmanager
def tab() -> Iterator[WebKit]:
    """A tab of a new profile."""
    with _screen():
        options = Options()
        options.set_capability("webkitgtk:browserOptions", {"args": ["--automation"]})
        driver = webdriver.WebKitGTK(options=options, service=Service(executable_path=find()))
        try:
            yield WebKit(driver)
        finally:
            driver.quit()


@contextmanager
def _screen() -> Iterator[None]:
    if os.environ.get("DISPLAY"):
        yield
        return
    reader, writer = os.pipe()
    screen = subprocess.Popen([SCREEN, "-displayfd", str(writer), "-screen", "0", "1280x900x24"],
                              pass_fds=[writer], stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            os.environ["DISPLAY"] = f":{told.readline().strip()}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        screen.terminate()
        screen.wait()
