"""Files as they are kept: packed, in UTF-16, or no text at all; what is in them is read, or the command says what came."""

import gzip
import io
import zipfile
from io import BytesIO

import pytest

from sparkmem.requests.plain_text import NoTextError, pieces, whole_text
from tests.model.commands import command

FAILED = "25/11/04 10:31:44 ERROR Executor: Exception in task 3.0\njava.lang.OutOfMemoryError: Java heap space – façade\n"
SET = "spark.executor.memory 8g\r\nspark.driver.memory 4g\r\n"


def zipped(text):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("stderr", text)
    return file.getvalue()


KEPT = {
    "plain": str.encode,
    "with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16, as PowerShell writes it": lambda text: text.encode("utf-16"),
    "UTF-16 the other way round": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip in two members": lambda text: gzip.compress(text[:20].encode()) + gzip.compress(text[20:].encode()),
    "zip": zipped,
    "UTF-16 in gzip": lambda text: gzip.compress(text.encode("utf-16")),
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_a_file_is_read_whatever_it_is_kept_in(kept, tmp_path):
    log, conf = tmp_path / "stderr", tmp_path / "spark-defaults.conf"
    log.write_bytes(kept(FAILED * 3))
    conf.write_bytes(kept(SET))
    assert b"First cause: The heap of a JVM is full." in command("diagnose", str(log)).stdout
    assert command("explain", str(conf)).stdout.startswith(b"Taken: spark.executor.memory 8g, spark.driver.memory 4g\n")
    assert whole_text(BytesIO(kept(SET)), "it").strip() == SET.replace("\r\n", "\n").strip()


@pytest.mark.parametrize(("content", "said"), [
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "this is a picture (PNG)"),
    (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 20, "this is a PDF"),
    (gzip.compress(FAILED.encode() * 50)[:60], "the gzip stream ends too soon"),
    (gzip.compress(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), "this is a PDF"),
    (b"BZh91AY&SY" + bytes(range(128, 200)), "bzip2"),
], ids=["PNG", "PDF", "cut", "PDF in gzip", "bzip2"])  # fmt: skip
@pytest.mark.parametrize("name", ["explain", "diagnose"])
def test_what_is_no_text_is_told_and_not_answered(name, content, said, tmp_path):
    file = tmp_path / "attachment"
    file.write_bytes(content)
    done = command(name, str(file))
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()


def test_a_packed_text_comes_in_pieces():
    bomb = gzip.compress(b"0" * 50_000_000)
    assert max(map(len, pieces(BytesIO(bomb)))) <= 1 << 22


def test_a_broken_stream_is_told():
    with pytest.raises(NoTextError, match="ends too soon"):
        list(pieces(BytesIO(gzip.compress(b"a" * 9)[:-4])))
