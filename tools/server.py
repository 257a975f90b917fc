"""The built site on loopback, as a static host like GitHub Pages serves it.

Text is compressed at level 6, files may be kept for ten minutes and have an ETag, a folder's
address without its slash redirects, and what does not exist gets 404.html.  One thing differs: the
address for which the site was built is replaced by the server's own in HTML and XML, so that what
a page says of itself leads to where it lies.
"""

import gzip
import hashlib
import re
import sys
import threading
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".gz": "application/gzip",
}
_COMPRESSED = {".html", ".css", ".js", ".mjs", ".json", ".map", ".xml", ".txt", ".svg", ".wasm"}
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')


def built_for(site: Path) -> str:
    """The SITE_URL that the site was built with."""
    return address_of((site / "index.html").read_text())


def address_of(home: str) -> str:
    """The canonical address of a home page: where its site lies."""
    found = _CANONICAL.search(home)
    if not found:
        raise ValueError("the home page has no canonical address")
    return found[1]


@dataclass(frozen=True)
class Resource:
    """What is sent for one address; `gzipped` is None for what a host sends as it is."""

    type: str
    data: bytes
    gzipped: bytes | None = None

    @cached_property
    def tag(self) -> str:
        """The ETag."""
        return f'"{hashlib.sha256(self.data).hexdigest()[:16]}"'


class SiteServer(ThreadingHTTPServer):
    """A server of one built site; `requests` holds the path of each request, in order."""

    daemon_threads = True
    request_queue_size = 128  # a browser opens a dozen connections at once, and waits a second for one that is turned away
    max_age_seconds = 600
    compression_level = 6

    def __init__(self, site: Path, port: int = 0) -> None:
        self.site = site.resolve()
        self.requests: list[str] = []
        self._kept: dict[tuple[Path, int], Resource] = {}
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def origin(self) -> str:
        """Scheme, host and port, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def url(self) -> str:
        """Address of the home page."""
        return self.origin + urlsplit(built_for(self.site)).path

    def start(self) -> None:
        """Serve in a thread of its own until `shutdown`."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def handle_error(self, request: Any, client_address: object) -> None:
        """A browser that hangs up, as each does when it closes, is no error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def generated(self, path: str) -> Resource | None:
        """What is sent for an address that is no file; a subclass may have some."""
        return None

    def page(self, html: bytes) -> bytes:
        """A page as it is sent; a subclass may add to it."""
        return html

    def resource(self, file: Path) -> Resource:
        """What is sent for a file; kept until the file changes."""
        key = (file, file.stat().st_mtime_ns)
        if key not in self._kept:
            data = file.read_bytes()
            if file.suffix in (".html", ".xml"):
                there = urlsplit(built_for(self.site))
                data = data.replace(f"{there.scheme}://{there.netloc}".encode(), self.origin.encode())
            if file.suffix == ".html":
                data = self.page(data)
            gzipped = gzip.compress(data, self.compression_level) if file.suffix in _COMPRESSED else None
            self._kept[key] = Resource(_TYPES.get(file.suffix, "application/octet-stream"), data, gzipped)
        return self._kept[key]


def asked_for(target: str) -> str:
    """The path that a request line asks for, decoded; ValueError where no file can have it.

    >>> asked_for("/memory/executor%2Dheap/?release=3.5")
    '/memory/executor-heap/'
    >>> asked_for("/checked%00")
    Traceback (most recent call last):
    ValueError: a path without NUL is needed
    """
    path = unquote(urlsplit(target).path, errors="strict")
    if "\0" in path:
        raise ValueError("a path without NUL is needed")
    return path


def existing(site: Path, name: str) -> Path | None:
    """The file or folder of the site at a path below the home page, if there is one."""
    try:
        file = (site / name).resolve(strict=True)
    except OSError:  # not there, or no name for a file: too long, or below what is no folder
        return None
    return file if file.is_relative_to(site) else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        try:
            path = asked_for(self.path)
        except ValueError:
            return self.send_error(400)
        self.server.requests.append(path)
        if generated := self.server.generated(path):
            return self._send(200, generated)
        site, base = self.server.site, urlsplit(built_for(self.server.site)).path
        if path == "/" != base:
            return self._redirect(base)
        file = existing(site, path.removeprefix(base)) if path.startswith(base) else None
        if file and file.is_dir() and not path.endswith("/"):
            # Made of the names of folders: what was asked for may hold anything, and a header may not.
            return self._redirect(quote(f"{base}{file.relative_to(site).as_posix()}/"))
        if file and file.is_dir():
            file = file / "index.html"
        if file and file.is_file():
            return self._send(200, self.server.resource(file))
        missing = site / "404.html"
        return self._send(404, self.server.resource(missing)) if missing.is_file() else self.send_error(404)

    do_HEAD = do_GET

    def _redirect(self, location: str) -> None:
        self.send_response(301)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: int, resource: Resource) -> None:
        data = resource.data
        if status == 200 and self.headers.get("If-None-Match") == resource.tag:
            status, data = 304, b""
        self.send_response(status)
        self.send_header("ETag", resource.tag)
        max_age = self.server.max_age_seconds
        self.send_header("Cache-Control", f"max-age={max_age}" if max_age else "no-cache")
        if status != 304:
            self.send_header("Content-Type", resource.type)
            if resource.gzipped and "gzip" in self.headers.get("Accept-Encoding", ""):
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Vary", "Accept-Encoding")
                data = resource.gzipped
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing: `requests` holds what was asked for."""
