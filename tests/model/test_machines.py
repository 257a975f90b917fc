"""Machines and platforms: what must hold of every row, and the numbers that their makers publish."""

import itertools

import pytest

from sparkmem.machines import emr, kubernetes, shapes, workers
from sparkmem.machines.evidence import DERIVED, PUBLISHED, REPORTED
from sparkmem.machines.platforms import PLATFORMS
from sparkmem.machines.shapes import Machine
from sparkmem.size import GIB, MIB

OLDER = {"m4", "m5", "m5a", "m5d", "r4", "r5", "r5a", "r5d", "c5", "c5d", "d2", "i3", "i3en", "z1d"}
NEWER = {"m5zn", "m6g", "m6gd", "r5b", "r5dn", "r6g", "r6gd", "c5a", "c5ad", "c6g", "c6gd", "c6gn", "d3", "d3en"}
ALL = [(platform, machine) for platform in PLATFORMS.values() for machine in platform.machines().values()]


def usable(platform, machine):
    pods = platform.max_pods(machine) if platform.max_pods else 110
    return platform.usable(machine, pods)


class TestEveryRow:
    @pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda p: p.id)
    def test_no_machine_gives_executors_more_than_it_has(self, platform):
        for machine in platform.machines().values():
            found = usable(platform, machine)
            assert 0 < found.memory_bytes <= machine.memory_mib * MIB, machine
            assert 0 < found.millicores <= machine.cores * 1000, machine

    @pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda p: p.id)
    def test_more_memory_never_leaves_less(self, platform):
        if platform.id == "hadoop":
            return  # hands out what it is told, whatever the machine has
        found = [
            platform.usable(Machine("", 8, mib, platform.evidence), 110).memory_bytes for mib in range(2048, 600_000, 512)
        ]
        assert all(less <= more for less, more in itertools.pairwise(found))

    @pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda p: p.id)
    def test_more_cores_never_leave_less(self, platform):
        found = [platform.usable(Machine("", cores, 65536, platform.evidence), 110).millicores for cores in range(1, 300)]
        assert all(less < more for less, more in itertools.pairwise(found))

    def test_every_number_has_its_witness(self):
        evidence = {usable(*row).evidence for row in ALL} | {machine.evidence for _, machine in ALL}
        for witness in (
            evidence | {platform.evidence for platform in PLATFORMS.values()} | {emr.OVERHEAD, kubernetes.EKS_PODS}
        ):
            assert witness.url.startswith("https://")
            assert witness.tag[:2] == "20"
            assert witness.confidence in (PUBLISHED, DERIVED, REPORTED)
            assert witness.unit
            assert witness.as_dict()["confidence"] == witness.confidence

    def test_cores_and_memory_are_in_a_proportion_that_machines_have(self):
        for machine in (*shapes.ec2().values(), *shapes.gce().values(), *shapes.azure().values()):
            assert 1024 <= machine.memory_mib / machine.cores <= 8192, machine

    def test_every_platform_names_a_cluster_manager(self):
        assert {platform.cluster_manager for platform in PLATFORMS.values()} == {"yarn", "kubernetes", "standalone"}


class TestEmr:
    """`yarn.nodemanager.resource.memory-mb` as Amazon's page gives it."""

    def test_every_published_type_has_a_shape_and_room_for_the_system(self):
        for name, mib in emr.published().items():
            assert mib < shapes.ec2()[name].memory_mib, name
            assert mib % emr.MINIMUM_ALLOCATION_MIB == 0, name

    def test_older_families_keep_a_quarter_but_at_most_8_gib(self):
        older = [name for name in emr.published() if name.split(".")[0] in OLDER]
        for name in older:
            memory = shapes.ec2()[name].memory_mib
            assert emr.published()[name] == memory - min(8192, memory // 4), name

    def test_the_rule_for_unpublished_types_is_at_most_224_mib_above_any_newer_row(self):
        newer = [name for name in emr.published() if name.split(".")[0] in NEWER]
        over = {name: emr.by_rule(shapes.ec2()[name].memory_mib) - emr.published()[name] for name in newer}
        assert max(over.values()) == 224
        assert {name for name, mib in over.items() if mib > 0} <= {n for n in newer if shapes.ec2()[n].memory_mib <= 16384}
        assert sum(mib == 0 for mib in over.values()) >= 60

    def test_a_flat_thirty_percent_is_not_what_emr_keeps(self):
        """NVIDIA's AutoTuner takes 30 % off every type; Amazon's rows say 12.5 % and 2.1 %."""
        kept = {name: 1 - emr.published()[name] / shapes.ec2()[name].memory_mib for name in ("m5.4xlarge", "r5.12xlarge")}
        assert {name: round(share, 3) for name, share in kept.items()} == {"m5.4xlarge": 0.125, "r5.12xlarge": 0.021}

    def test_a_type_without_a_row_says_that_its_number_is_derived(self):
        mib, evidence = emr.yarn_memory(shapes.ec2()["m7g.4xlarge"])
        assert (mib, evidence.confidence) == (54272, DERIVED)
        assert emr.yarn_memory(shapes.ec2()["m6g.4xlarge"]) == (54272, emr.TASK_CONFIGURATION)

    def test_m5zn_2xlarge_whose_published_row_repeats_the_xlarge_is_derived_too(self):
        assert "m5zn.2xlarge" not in emr.published()


class TestKubernetes:
    @pytest.mark.parametrize(("gib", "allocatable"), [(16, 13.30), (64, 58.42), (128, 118.58), (256, 244.02)])
    def test_gke(self, gib, allocatable):
        assert round(kubernetes.gke_memory(gib * GIB) / GIB, 2) == allocatable

    def test_gke_keeps_25_percent_of_the_first_gib_not_255_mib(self):
        """A calculator that others copy took 255/1024 of the first GiB, and its tests assert so."""
        assert kubernetes.banded_reserve(GIB) == 256 * MIB
        assert kubernetes.banded_reserve(GIB - 1) == 255 * MIB

    def test_gke_leaves_3920_thousandths_of_4_cores(self):
        assert kubernetes.banded_cores(4) == 3920

    @pytest.mark.parametrize(("pods", "kept"), [(58, 893), (110, 1465), (234, 2829)])
    def test_eks_keeps_11_mib_for_each_pod(self, pods, kept):
        assert 65536 - kubernetes.eks_memory(64 * GIB, pods) // MIB == kept + 100

    def test_aks_as_in_its_page(self):
        """8 GB with 30 pods keeps 650 and 100; 4 GB with 70 pods keeps a quarter, not 1450."""
        assert 8192 - kubernetes.aks_memory(8 * GIB, 30) // MIB == 650 + 100
        assert 4096 - kubernetes.aks_memory(4 * GIB, 70) // MIB == 1024 + 100

    def test_aks_before_1_29_kept_a_third_of_7_gib(self):
        assert (7 * GIB - kubernetes.old_aks_memory(7 * GIB)) / (7 * GIB) == pytest.approx(0.3329, abs=0.004)

    @pytest.mark.parametrize(
        ("name", "pods"),
        [
            ("m5.large", 29),
            ("m5.xlarge", 58),
            ("d3.xlarge", 10),
            ("m4.16xlarge", 234),
            ("r6in.32xlarge", 394),
            ("r7i.48xlarge", 737),
        ],
    )
    def test_eks_pods(self, name, pods):
        assert kubernetes.eks_max_pods(shapes.ec2()[name]) == pods


class TestWorkers:
    def test_serverless_workers_are_those_of_the_table(self):
        names = set(workers.serverless())
        assert {"1vcpu-2gb", "2vcpu-16gb", "4vcpu-30gb", "8vcpu-60gb", "16vcpu-120gb"} <= names
        assert not {"8vcpu-18gb", "4vcpu-7gb", "16vcpu-36gb", "1vcpu-9gb"} & names
        assert len(names) == 7 + 13 + 23 + 12 + 12

    def test_glue_and_synapse(self):
        assert workers.glue()["G.16X"].memory_mib == 256 * 1024
        assert workers.synapse()["XXLarge"].memory_mib == 432 * 1024
