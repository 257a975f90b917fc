"""What is stated of advice: each failure is told by its own finding, and is gone with what that advises."""

from statements.run import Checks

CHECKS = Checks()
holds = CHECKS.holds


@holds("advice-for-jvms")
@holds("advice-for-spark")
def _(run):
    tried = [name.removesuffix("-before") for name in run.figures if name.endswith("-before")]
    assert len(tried) >= 6
    for finding_id in tried:
        assert run(f"{finding_id}-before") == finding_id
        assert run(f"{finding_id}-after"), finding_id
