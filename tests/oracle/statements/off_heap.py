"""What is stated of off-heap memory."""

from statements.run import MIB, Checks

CHECKS = Checks()
holds = CHECKS.holds


@holds("off-heap-size-without-enabled")
def _(run):
    assert run("storage-memory") == run("storage-memory-plain") + run("off-heap-size")
    assert run("off-heap-storage-memory") == run("off-heap-size")
    assert run("off-heap-used") >= 4 * MIB


@holds("off-heap-under-a-direct-limit")
def _(run):
    assert run("cached-off-heap") >= 100 * MIB > run("limit")
    assert run("tungsten-off-heap") == 100 * MIB
    assert run("tungsten-is-off-heap")
    assert run("text").startswith("Cannot reserve 104857600 bytes of direct buffer memory")


@holds("off-heap-cache-after-kill")
def _(run):
    assert run("blocks-before") == run("blocks-computed-again") == 4
    assert run("memory-before") > 0
    assert run("blocks-after-kill") == 0
    assert run("rows-computed-again") == 20_000
    assert "137" in run("text")
