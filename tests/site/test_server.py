"""The server that the tests and make serve use: it has to be what a static host is."""

import gzip
import http.client
import re
import socket
from urllib.parse import urlsplit

import pytest

from tools.server import SiteServer


@pytest.fixture
def get(site_server):
    """A function that asks for a path below the home page: status, headers and body, as they went over the wire."""

    def ask(path: str, **headers: str):
        home = urlsplit(site_server.url)
        connection = http.client.HTTPConnection(home.netloc)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", home.path.removesuffix("/") + path, headers=sent)
        reply = connection.getresponse()
        found = reply.status, dict(reply.getheaders()), reply.read()
        connection.close()
        return found

    return ask


def test_text_and_wasm_are_compressed_and_archives_are_not(get, site_dir):
    wasm = next(site_dir.rglob("*.wasm"))
    _, headers, body = get(f"/{wasm.relative_to(site_dir)}", Accept_Encoding="gzip")
    assert headers["Content-Type"] == "application/wasm"
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == wasm.read_bytes()
    archive = next(site_dir.rglob("stdlib.zip.gz"))
    _, headers, body = get(f"/{archive.relative_to(site_dir)}", Accept_Encoding="gzip")
    assert "Content-Encoding" not in headers
    assert body == archive.read_bytes()


def test_pages_believe_to_be_where_they_are(get, site_server):
    _, _, page = get("/checked/")
    assert f'<link rel="canonical" href="{site_server.url}checked/">'.encode() in page
    _, headers, sitemap = get("/sitemap.xml")
    assert f"<loc>{site_server.url}</loc>".encode() in sitemap
    assert headers["Cache-Control"] == "max-age=600"


def test_a_file_that_is_still_the_same_is_not_sent_again(get):
    _, headers, _ = get("/checked/")
    status, _, body = get("/checked/", If_None_Match=headers["ETag"])
    assert (status, body) == (304, b"")


def test_what_is_not_there(get, site_dir):
    assert get("/checked")[:1] == (301,)
    status, _, body = get("/no/such/page/")
    assert status == 404
    assert b"There is no page at this address" in body
    for outside in ("/../pyproject.toml", "/..%2fpyproject.toml", "//pyproject.toml"):
        assert get(outside)[0] == 404


HOSTILE = {
    "a line more in the header": "/checked/..%0d%0aX-Injected:%20yes%0d%0a/../checked",
    "a line feed alone": "/checked%0aX-Injected:yes/../checked",
    "another host, by a backslash": "/%5Cevil.example/../checked",
    "another host, by two slashes": "/./%2fevil.example/../checked",
    "a NUL": "/checked%00",
    "a NUL in a folder": "/%00/../checked/",
    "no UTF-8": "/%ff%fe",
    "half a surrogate": "/%ed%a0%80",
    "beyond Latin-1, to be redirected": "/%E6%BC%A2/../checked",
    "a name too long for a file": "/" + "a" * 5000,
    "below a file": "/index.html/more",
    "half an escape": "/%",
}


@pytest.mark.parametrize("path", HOSTILE.values(), ids=HOSTILE)
def test_a_path_is_answered_whatever_it_holds_and_writes_no_header(get, path, capsys):
    status, headers, _ = get(path)
    assert status in (301, 400, 404)
    assert "X-Injected" not in headers
    assert headers.get("Location", "/checked/").endswith("/checked/")
    assert not re.search(r"[^!-~]|\\|//|evil", headers.get("Location", ""))
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/checked%00", "/%00/../checked/", "/%ff%fe", "/%ed%a0%80"])
def test_what_no_file_can_be_called_is_a_bad_request(get, path):
    assert get(path)[0] == 400


@pytest.mark.parametrize("target", ["//[", "http://[/checked/", "/checked\0", "/\xff"])
def test_a_request_line_out_of_order_is_refused(site_server, target, capsys):
    server = urlsplit(site_server.url)
    with socket.create_connection((server.hostname, server.port)) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode("latin-1"))
        status = connection.makefile("rb").readline()
    assert status.split()[1] in (b"400", b"404")
    assert "Traceback" not in capsys.readouterr().err


def test_requests_are_recorded(get, site_server):
    get("/checked/?release=3.5")
    assert site_server.requests[-1].endswith("/checked/")


def test_a_site_below_a_path_is_served_there(site_dir, tmp_path):
    page = '<link rel="canonical" href="https://host.example/below/">'
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "404.html").write_text("none")
    server = SiteServer(tmp_path)
    server.start()
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    replies = []
    for path in ("/", "/below/", "/index.html"):
        connection.request("GET", path)
        reply = connection.getresponse()
        replies.append((reply.status, reply.read().decode()))
    connection.close()
    server.shutdown()
    server.server_close()
    assert replies == [(301, ""), (200, page.replace("https://host.example", server.origin)), (404, "none")]


@pytest.mark.parametrize(("error", "told"), [(ConnectionResetError, False), (BrokenPipeError, False), (ValueError, True)])
def test_a_browser_that_hangs_up_is_not_told_of_as_an_error(site_server, capsys, error, told):
    try:
        raise error
    except error:
        site_server.handle_error(None, ("127.0.0.1", 1))
    assert (error.__name__ in capsys.readouterr().err) == told


def test_a_folder_without_a_page_for_what_is_missing_says_so_all_the_same(tmp_path):
    (tmp_path / "index.html").write_text('<link rel="canonical" href="https://host.example/">')
    server = SiteServer(tmp_path)
    server.start()
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    connection.request("GET", "/favicon.ico")
    assert connection.getresponse().status == 404
    connection.close()
    server.shutdown()
    server.server_close()
