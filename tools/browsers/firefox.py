"""A tab of Debian's Firefox, by WebDriver BiDi: no driver stands between."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

NAMES = ("firefox-esr", "firefox")
PACKAGES = "firefox-esr"
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PATIENCE_SECONDS = 120
_PREFERENCES = 'user_pref("browser.shell.checkDefaultBrowser", false);\nuser_pref("dom.disable_open_during_load", false);\n'


class Firefox:
    """One tab."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket, self._sent = socket, 0
        self._ask("session.new", {"capabilities": {}})
        self._context = self._ask("browsingContext.getTree", {})["contexts"][0]["context"]

    def open(self, address: str) -> None:
        self._ask("browsingContext.navigate", {"context": self._context, "url": address, "wait": "complete"})

    def run(self, expression: str) -> Any:
        """The value of an expression, or of the promise that it is, as JSON can hold it."""
        whole = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        asked = {"expression": whole, "target": {"context": self._context}, "awaitPromise": True, "userActivation": True}
        answer = self._ask("script.evaluate", asked)
        if answer["type"] != "success":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, text: str) -> None:
        """Press the keys of a text, wherever the focus is."""
        keys = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self._ask("input.performActions", {"context": self._context, "actions": actions})

    def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == self._sent:
                break
        if said["type"] == "error":
            raise RuntimeError(f"{method}: {said['message']}")
        return dict(said["result"])


def find() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


@contextmanager
def tab() -> Iterator[Firefox]:
    """A tab of a new profile."""
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as profile:
        (Path(profile) / "user.js").write_text(_PREFERENCES)
        command = [find(), "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        started = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        try:
            address = next(found[1] for line in started.stderr or () if (found := _LISTENS.search(line)))
            yield Firefox(create_connection(f"{address}/session", timeout=_PATIENCE_SECONDS, suppress_origin=True))
        finally:
            started.terminate()
            started.wait()
