"""What the test suite costs: measured in every run of it, kept in build/suite.json, and shown by `make bench`.

processor   processor time of a process and of all that it started
recorder    measures each test and each shared fixture, and names the test that costs much without a reason
dealt       what costs much first, with as much of it for each worker of a run
record      build/suite.json written and read: the table by file and by fixture, and the line for the bench

    python -m tools.suite           the table of the last full run
    python -m tools.suite --line    that run in one line
"""
