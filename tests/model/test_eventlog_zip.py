"""Logs in a zip archive, as the History Server gives them away."""

import gzip
import io
import json
import zipfile

import pytest

from sparkmem.eventlog.errors import UnreadableLog
from sparkmem.eventlog.reading import Reading
from tests.model.test_eventlog import BEGINNING, line, task

EVENTS = [line(event) for event in [*BEGINNING, *(task(number, peak=1 << 20) for number in range(40))]]
LOG = b"\n".join(EVENTS) + b"\n"


class Unseekable(io.RawIOBase):
    """What Spark writes to: sizes then stand behind each entry."""

    def __init__(self):
        self.whole = b""

    def writable(self):
        return True

    def write(self, data):
        self.whole += bytes(data)
        return len(data)


def packed(*entries, method=zipfile.ZIP_DEFLATED, seekable=False):
    file = io.BytesIO() if seekable else Unseekable()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file.getvalue() if seekable else file.whole


def read(archive, step=1 << 20):
    reading = Reading()
    reading.begin()
    for start in range(0, len(archive), step):
        reading.feed(archive[start : start + step])
    reading.end()
    return reading.run()


def said(archive, step=1 << 20):
    run = read(archive, step)
    return run.name, sum(stage.sum("succeeded") for stage in run.stages), [why for _, why in run.read.faults]


@pytest.mark.parametrize("step", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("archive", [
    packed(("application_1", LOG)),
    packed(("application_1", LOG), seekable=True),
    packed(("application_1", LOG), method=zipfile.ZIP_STORED, seekable=True),
    packed(("application_1.gz", gzip.compress(LOG))),
    packed(("eventlog_v2_a/", b""), ("eventlog_v2_a/appstatus_a", b""),
           ("eventlog_v2_a/events_10_a", b"\n".join(EVENTS[20:])), ("eventlog_v2_a/events_1_a", b"\n".join(EVENTS[:20]))),
], ids=["as Spark packs", "with sizes before", "stored", "packed twice", "rolling"])  # fmt: skip
def test_a_log_is_read_out_of_its_archive_in_any_pieces(archive, step):
    assert said(archive, step) == ("a job", 40, [])


def test_of_several_logs_the_first_is_read_and_the_others_are_told_of():
    name, tasks, (fault,) = said(packed(("application_1_1", LOG), ("application_1_2", LOG)))
    assert (name, tasks) == ("a job", 40)
    assert "more than one log" in fault


def test_an_archive_that_is_cut_off_is_read_so_far_and_said_to_be():
    _, tasks, faults = said(packed(("a", LOG), method=zipfile.ZIP_STORED, seekable=True)[: len(LOG) // 2])
    assert 0 < tasks < 40
    assert any("ends too soon" in why for why in faults)


def test_what_is_encrypted_is_refused_with_what_to_do():
    archive = bytearray(packed(("a", LOG), seekable=True))
    archive[6] |= 1
    with pytest.raises(UnreadableLog):
        read(bytes(archive))


def test_an_archive_of_anything_else_is_no_log():
    with pytest.raises(UnreadableLog):
        read(packed(("a.json", json.dumps({"Event": 1})), ("b.zip", packed(("application_1", LOG)))))


def test_an_archive_that_means_no_good_is_read_in_bounds():
    """A bomb: a line of 64 MB out of 64 KB, which is not kept."""
    run = read(packed(("a", LOG + b"x" * (1 << 26))))
    assert sum(stage.sum("succeeded") for stage in run.stages) == 40
    folder = b"PK\x03\x04" + bytes(22) + b"\x02\x00\x00\x00" + b"a/"
    one = packed(("a", LOG), seekable=True)
    _, tasks, (fault,) = said(one[: one.index(b"PK\x01\x02")] + folder * 20_000)
    assert tasks == 40
    assert "more than 10,000 entries" in fault
