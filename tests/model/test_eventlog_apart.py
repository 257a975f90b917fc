"""Large logs read by several processes: stretches that are cut anywhere, joined to what one reader says of the whole."""

import gzip
import io
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparkmem.commands import progress
from sparkmem.eventlog import processes
from sparkmem.eventlog.codecs import zstd_stream
from sparkmem.eventlog.cuts import cuts
from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.lines import Lines
from sparkmem.eventlog.processes import Processes
from sparkmem.eventlog.reading import Reading, read_log
from sparkmem.eventlog.stretch import pieces, read_stretch
from sparkmem.runs.report import report
from tests.model.test_eventlog import BEGINNING, line, task
from tests.model.test_eventlog_packing import TEXT, stored

ROOT = Path(__file__).parents[2]
LOGS = sorted((ROOT / "tests" / "eventlogs").glob("*.gz"))
SMALL = {"plain_bytes": 5000, "packed_bytes": 500}


def joined(path, codec, places):
    """What a log says whose stretches are read one by one."""
    reading = Reading()
    reading.begin()
    for start, end in pairwise(places):
        reading.join(read_stretch(str(path), 1, codec, start, end))
    reading.end()
    return reading.run()


def alone(*paths):
    return read_log([(str(path), "") for path in paths]).run()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """Logs of real Spark, as they were written, some with lines that are none."""
    folder = tmp_path_factory.mktemp("logs")
    for number, path in enumerate(LOGS):
        lines = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
        for at in range(9, len(lines), 37) if number % 3 == 0 else ():
            lines[at] = lines[at][: len(lines[at]) // 2] + b"\n"
        text = b"".join(lines)
        (folder / path.stem).write_bytes(text if number % 2 else text[:-1])
    return sorted(folder.iterdir())


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_log_that_is_cut_anywhere_says_what_it_says_whole(plain, data):
    path = data.draw(st.sampled_from(plain))
    size = path.stat().st_size
    places = sorted(data.draw(st.lists(st.integers(0, size), max_size=6)))
    found, whole = joined(path, "", [0, *places, size]), alone(path)
    assert found == whole
    assert report(found) == report(whole)  # cause before consequence, whatever the order in which they were read


def test_a_line_that_no_stretch_holds_is_read_and_one_too_long_named_where_it_stands(tmp_path, monkeypatch):
    monkeypatch.setattr(Lines.__init__, "__defaults__", (3000,))
    monkeypatch.setattr(pieces, "__defaults__", (0, None, 500))
    whole = [*map(line, BEGINNING), line({"Event": "x", "long": "y" * 2900}), b"z" * 9000, b"no JSON", line(task(1))]
    path = tmp_path / "log"
    path.write_bytes(b"\n".join(whole))
    run = alone(path)
    assert [(place, why[:11]) for place, why in run.read.faults] == [((1, 7), "longer than"), ((1, 8), "no JSON fro")]
    for step in (100, 1700, 4000, 20_000):
        assert joined(path, "", [*range(0, path.stat().st_size, step), path.stat().st_size]) == run


def zstd_of(text, size=700):
    """Frames with blocks that are not compressed, one of a letter that is repeated, one with a checksum missing none."""
    frames = b""
    for number, at in enumerate(range(0, len(text), size)):
        piece = text[at : at + size]
        blocks = b"".join(
            ((len(half) << 3) | last).to_bytes(3, "little") + half for half, last in ((piece[:300], 0), (piece[300:], 1))
        )
        single = b"\x60" + (len(piece) - 256).to_bytes(2, "little") if len(piece) >= 256 else b"\x00\x58"
        frames += b"\x28\xb5\x2f\xfd" + (single if number % 2 else b"\x00\x58") + blocks
        frames += b"\x5a\x2a\x4d\x18\x03\0\0\0abc" if number % 5 == 0 else b""
    return frames


def test_frames_of_zstd_end_where_their_headers_say():
    packed = zstd_of(TEXT)
    ends = list(zstd_stream.frame_ends(io.BytesIO(packed)))
    assert ends[-1] == len(packed)
    starts = [0, *ends[:-1]]
    assert all(packed[at : at + 4] in (b"\x28\xb5\x2f\xfd", b"\x5a\x2a\x4d\x18") for at in starts)
    assert len(starts) == packed.count(b"\x28\xb5\x2f\xfd") + packed.count(b"\x5a\x2a\x4d\x18")
    for size in (0, 3, len(packed) // 2):
        cut = list(zstd_stream.frame_ends(io.BytesIO(packed[:size] + b"no frame")))
        assert cut == [end for end in ends if end <= size]


@pytest.mark.parametrize("codec", ["lz4", "snappy", "lzf", "zstd", "gz"])
@pytest.mark.parametrize("damage", [None, "cut", "changed"])
def test_a_packed_log_is_cut_between_its_blocks_and_what_is_wrong_in_it_ends_it(tmp_path, codec, damage):
    packed = {"zstd": zstd_of, "gz": gzip.compress}.get(codec, lambda _: stored(codec))(TEXT)
    if damage == "cut":
        packed = packed[:-3]
    elif damage:
        middle = packed.index(b"ZV" if codec == "lzf" else b"\x28\xb5" if codec == "zstd" else b"LZ4", 9000) if codec in (
            "lzf", "zstd", "lz4") else len(packed) // 2  # fmt: skip
        packed = packed[:middle] + b"\xff" * 9 + packed[middle + 9 :]
    path = tmp_path / "log"
    path.write_bytes(packed)
    found, places = cuts(str(path), packed_bytes=500)
    assert found == codec
    assert len(places) > 3 or codec == "gz"
    whole = said_of(alone, path)
    assert said_of(joined, path, codec, places) == whole
    assert isinstance(whole, str) or bool(whole.read.faults) == bool(damage)  # of a few bytes nothing may come out


def said_of(read, *of):
    try:
        return read(*of)
    except UnreadableLog as error:
        return error.message


@pytest.fixture(scope="module")
def several():
    """Two processes, for all that is asked of them here."""
    with Processes(2, **SMALL) as readers:
        yield readers


@pytest.mark.costly("two processes start")
def test_processes_say_of_files_what_one_reader_says(plain, several, tmp_path):
    for path in plain[:3]:
        assert several.read_log([(str(path), "")]).run() == alone(path)
    packed = tmp_path / "packed"
    packed.write_bytes(stored("lz4"))
    files, heard = [*plain[3:6], LOGS[4], packed], []
    log = [(str(path), "a note" if path == packed else "") for path in files]
    read = several.read_log(log, heard.append)
    assert read.run() == alone(*files)
    assert read.notes == ["file 5: a note"]
    assert sum(heard) == sum(path.stat().st_size for path in files)
    assert several._pool is not None


@pytest.mark.costly("the same")
def test_what_one_process_cannot_read_is_said_as_ever(several, tmp_path):
    noise = tmp_path / "noise"
    noise.write_bytes(b"hello\n" * 9000)
    with pytest.raises(UnreadableLog, match="no event"):
        several.read_log([(str(noise), "")]).run()
    with pytest.raises(FileNotFoundError):
        several.read_log([(str(tmp_path / "none"), "")])


def test_small_logs_and_what_is_no_file_need_no_other_process(plain, tmp_path):
    with Processes(2) as readers:
        assert readers.read_log([(str(plain[0]), "")]).run() == alone(plain[0])
        if hasattr(os, "mkfifo"):
            pipe = tmp_path / "pipe"
            os.mkfifo(pipe)
            writer = threading.Thread(target=lambda: pipe.write_bytes(plain[1].read_bytes()))
            writer.start()
            assert readers.read_log([(str(pipe), "")]).run() == alone(plain[1])
            writer.join()
        assert readers._pool is None
    with Processes(1, **SMALL) as readers:
        readers.read_log([(str(plain[0]), "")])
        assert readers._pool is None


def _dies(*_):
    os._exit(3)


@pytest.mark.costly("two processes start")
@pytest.mark.parametrize("how", ["lost", "refused"])
def test_where_a_process_is_lost_or_none_can_start_the_log_is_read_here(plain, monkeypatch, how):
    if how == "lost":
        monkeypatch.setattr(processes, "read_stretch", _dies)
    else:
        monkeypatch.setattr(processes, "get_context", lambda _: (_ for _ in ()).throw(OSError("no semaphores here")))
    with Processes(2, **SMALL) as readers:
        assert readers.read_log([(str(plain[0]), "")]).run() == alone(plain[0])
        assert readers.read_log([(str(plain[1]), "")]).run() == alone(plain[1])


def _waits(*_):
    """Takes longer than a stretch, and says of which process it is; the last words of a reader that is ended."""
    print(os.getpid(), flush=True)
    time.sleep(float(os.environ["STRETCH_SECONDS"]))
    return read_stretch(*_)


_COMMAND = """
import signal, sys
from sparkmem import __main__
from sparkmem.commands import run
from sparkmem.eventlog import processes
from tests.model.test_eventlog_apart import SMALL, _waits
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts in the background ignore it
processes.read_stretch = _waits
run.Processes = lambda many: processes.Processes(2, **SMALL)
sys.exit(__main__.main(["run", sys.argv[1]]))
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="processes end otherwise here")
@pytest.mark.costly("a command line with two processes")
@pytest.mark.parametrize(("how", "seconds", "status"), [
    (signal.SIGINT, 1, 130), (signal.SIGTERM, 60, -signal.SIGTERM), (signal.SIGKILL, 60, -signal.SIGKILL),
])  # fmt: skip
def test_a_reader_that_is_ended_leaves_no_words_and_no_process(plain, how, seconds, status):
    command = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, str(plain[0])], cwd=ROOT, env=os.environ | {"STRETCH_SECONDS": str(seconds)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    reader = int(command.stdout.readline())
    if how == signal.SIGINT:
        os.killpg(command.pid, how)  # as a terminal does, to all of them
    else:
        command.send_signal(how)
    _, said = command.communicate(timeout=60)
    assert command.returncode == status
    assert said == b"" or (seconds == 60 and b"Traceback" not in said)  # the library counts what it lost
    for _ in range(100):
        if not Path("/proc", str(reader)).exists():
            return
        time.sleep(0.1)
    pytest.fail("a process goes on")


def test_how_far_it_is_is_said_on_a_terminal_alone(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(progress, "AFTER_SECONDS", 0)
    said = Terminal()
    monkeypatch.setattr(sys, "stderr", said)
    with progress.progress(2_000_000) as told:
        told(1_000_000)
    assert "1 of 2 MB read" in said.getvalue()
    assert said.getvalue().rpartition("\r")[0].endswith(" ")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress.progress(2_000_000) as told:
        assert told is None
