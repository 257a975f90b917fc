"""The loopback host, on a line of a given speed, counting what goes over it.

The line is made by the server, because a browser's own throttling does not reach its workers.
It has no slow start and loses nothing: a real one of the same speed is a little slower.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import BinaryIO, Self, cast

from tools.server import SiteServer

CHUNK_BYTES = 16 * 1024


@dataclass(frozen=True)
class Line:
    """A line that all connections share."""

    name: str
    bytes_per_second: float = 0.0
    """0: as fast as it goes"""
    round_trip_seconds: float = 0.0


NO_LIMIT = Line("no limit")
OFFICE = Line("50 Mbit/s, 40 ms", 50e6 / 8, 0.040)


@dataclass
class Sent:
    """One response: the bytes of its headers and body, and when it was asked for (seconds since the epoch)."""

    path: str
    asked: float
    bytes: int = 0


class Host(SiteServer):
    """Serves a folder within a `with` block; `sent` holds each response, in the order of the requests."""

    def __init__(self, folder: Path, line: Line = NO_LIMIT) -> None:
        super().__init__(folder)
        self.line = line
        self.sent: list[Sent] = []
        self._free_at = 0.0
        self._turn = threading.Lock()
        self.RequestHandlerClass = _on_line(cast(type[BaseHTTPRequestHandler], self.RequestHandlerClass))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def bytes_sent(self) -> int:
        """Bytes of all responses since `sent` was cleared."""
        return sum(response.bytes for response in list(self.sent))

    def wait_for_line(self, size: int) -> None:
        """Until a chunk of this size has left, behind those that came before it."""
        if not self.line.bytes_per_second:
            return
        with self._turn:
            start = max(self._free_at, time.monotonic())
            self._free_at = start + size / self.line.bytes_per_second
            wait = self._free_at - time.monotonic()
        if wait > 0:
            time.sleep(wait)


class _Counted:
    """A connection's output, chunk by chunk."""

    def __init__(self, connection: BinaryIO, host: Host) -> None:
        self._connection = connection
        self._host = host
        self.response = Sent("", 0.0)

    def write(self, data: bytes) -> int:
        step = CHUNK_BYTES if self._host.line.bytes_per_second else len(data) or 1
        for start in range(0, len(data), step):
            chunk = data[start : start + step]
            self._host.wait_for_line(len(chunk))
            self._connection.write(chunk)
            self.response.bytes += len(chunk)
        return len(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)


def _on_line(handler: type[BaseHTTPRequestHandler]) -> type[BaseHTTPRequestHandler]:
    class OnLine(handler):  # type: ignore[valid-type,misc]
        server: Host
        # A small body after its headers would wait for the browser's acknowledgement, 40 ms.
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            self.wfile = _Counted(self.wfile, self.server)  # type: ignore[has-type,assignment,arg-type]
            time.sleep(self.server.line.round_trip_seconds)  # the connection's own

        def do_GET(self) -> None:
            self.wfile.response = Sent(self.path, time.time())
            self.server.sent.append(self.wfile.response)
            time.sleep(self.server.line.round_trip_seconds)
            try:
                super().do_GET()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the browser has gone

    return OnLine
