"""How many threads a session starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engines.runtime import Mode, cores_for, fast_cores
from engines.runtime.cores import cores_of_linux, limit_of_container, processors_in


def machine(folder: Path, siblings: list[str], capacity: list[int] | None = None, large: str = "") -> Path:
    for number, group in enumerate(siblings):
        cpu = folder / "devices" / "system" / "cpu" / f"cpu{number}"
        (cpu / "topology").mkdir(parents=True)
        (cpu / "topology" / "thread_siblings_list").write_text(group + "\n")
        if capacity:
            (cpu / "cpu_capacity").write_text(f"{capacity[number]}\n")
    if large:
        (folder / "devices" / "cpu_core").mkdir(parents=True)
        (folder / "devices" / "cpu_core" / "cpus").write_text(large + "\n")
    return folder


def test_two_threads_of_one_core_count_once(tmp_path: Path) -> None:
    assert cores_of_linux(range(8), machine(tmp_path, ["0-1", "0-1", "2-3", "2-3", "4-5", "4-5", "6-7", "6-7"])) == 4


def test_processors_outside_the_affinity_do_not_count(tmp_path: Path) -> None:
    system = machine(tmp_path, ["0,4", "1,5", "2,6", "3,7", "0,4", "1,5", "2,6", "3,7"])
    assert cores_of_linux({0, 1, 4}, system) == 2


def test_small_cores_of_intel_do_not_count(tmp_path: Path) -> None:
    system = machine(tmp_path, ["0-1", "0-1", "2-3", "2-3", "4", "5", "6", "7"], large="0-3")
    assert cores_of_linux(range(8), system) == 2


def test_small_cores_count_when_there_are_no_others(tmp_path: Path) -> None:
    system = machine(tmp_path, ["0-1", "0-1", "2", "3"], large="0-1")
    assert cores_of_linux({2, 3}, system) == 2


def test_small_cores_of_arm_do_not_count(tmp_path: Path) -> None:
    system = machine(tmp_path, ["0", "1", "2", "3"], capacity=[1024, 1024, 380, 380])
    assert cores_of_linux(range(4), system) == 2


def test_a_system_that_tells_nothing_counts_every_processor(tmp_path: Path) -> None:
    assert cores_of_linux(range(3), tmp_path) == 3


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"cpu.max": "200000 100000"}, 2),
        ({"cpu.max": "150000 100000"}, 2),
        ({"cpu.max": "50000 100000"}, 1),
        ({"cpu.max": "max 100000"}, 0),
        ({"cpu/cpu.cfs_quota_us": "300000", "cpu/cpu.cfs_period_us": "100000"}, 3),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 0),
        ({}, 0),
    ],
)
def test_the_limit_of_a_container_is_kept(tmp_path: Path, files: dict[str, str], limit: int) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n")
    assert limit_of_container(tmp_path) == limit


def test_lists_of_processors_are_read_as_linux_writes_them() -> None:
    assert processors_in("0-3,8,10-11") == {0, 1, 2, 3, 8, 10, 11}
    assert processors_in("") == set()


@pytest.mark.parametrize(
    ("cores", "quiet", "balanced", "eager"), [(1, 1, 1, 1), (2, 1, 2, 2), (4, 1, 3, 4), (12, 1, 11, 12)]
)
def test_a_mode_takes_its_share_of_the_cores(cores: int, quiet: int, balanced: int, eager: int) -> None:
    assert [cores_for(mode, cores) for mode in (Mode.QUIET, Mode.BALANCED, Mode.EAGER)] == [quiet, balanced, eager]


def test_this_machine_has_at_least_one_core_and_no_more_than_it_says() -> None:
    assert 1 <= fast_cores() <= (os.cpu_count() or 1)
