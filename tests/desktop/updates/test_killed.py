"""An update that is killed, at every step and before every call that changes the disk: a whole version always starts."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.updates import Step, check, install
from homespun.progress import Progress
from tests.desktop.updates.world import QUICK, World
from tests.models.conftest import Server

ROOT = Path(__file__).resolve().parents[3]

NURSERY = """
# Imports once, and forks a process for each line: it updates, and kills itself where the line says.
import json, os, signal, sys
from pathlib import Path
from desktop.updates import check, install, trust
from homespun.progress import Progress
from installer.versions import this_installation
from models.fetch import Wire
import httpx, nacl.signing

def live(packages, home, where, count):
    here = this_installation(Path(packages))
    wire = Wire(silence=5.0, pauses=(), strict=True)
    found = check(here, trust(here), Path(home) / "data" / "update.json", Progress(), wire=wire)
    at, reports, calls = "", 0, 0

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def tell(step):
        nonlocal at, reports
        at, reports = str(step), 0
        if at == where and count == 0:
            die()

    class Deadly(Progress):
        def report(self, done, total, note=""):
            nonlocal reports
            reports += 1
            if at == where and reports == count:
                die()

    for name in ("replace", "fsync", "mkdir", "unlink", "rmdir", "chmod"):
        def deadly(*given, _real=getattr(os, name), **named):
            nonlocal calls
            calls += 1
            if where == "call" and calls == count:
                die()
            return _real(*given, **named)
        setattr(os, name, deadly)
    install(found, here, Path(home) / "cache" / "updates", Deadly(), tell=tell, wire=wire)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            live(*json.loads(line))
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def nursery() -> Iterator[subprocess.Popen[str]]:
    """Where the processes that will be killed come from."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def killed(nursery: subprocess.Popen[str], world: World, where: str, count: int) -> bool:
    """Run an update in a process that dies there; whether it did, and was not done before."""
    assert nursery.stdin
    assert nursery.stdout
    packages = str(world.root / "versions" / "1.0.0" / "lib")
    nursery.stdin.write(json.dumps([packages, str(world.home), where, count]) + "\n")
    nursery.stdin.flush()
    code = int(nursery.stdout.readline())
    assert code in (0, -signal.SIGKILL)
    return code != 0


def again(world: World) -> None:
    """The next try gets there and leaves nothing behind."""
    found = check(world.installation, world.trust, world.memory, Progress(), wire=QUICK)
    install(found, world.installation, world.cache, Progress(), wire=QUICK)
    assert world.works() == "1.1.0"
    assert world.layout.leftovers() == ()
    assert sorted(path.name for path in (world.root / "versions").iterdir()) == ["1.0.0", "1.1.0"]


@pytest.mark.parametrize("step", list(Step))
def test_a_kill_as_a_step_begins_leaves_a_working_program(
    nursery: subprocess.Popen[str], world: World, server: Server, step: Step
) -> None:
    assert killed(nursery, world, step, 0)
    assert world.works() == ("1.1.0" if step in (Step.TIDY, Step.DONE) else "1.0.0")
    again(world)


@pytest.mark.parametrize(
    ("step", "count"), [(Step.DOWNLOAD, 1), (Step.DOWNLOAD, 2), (Step.UNPACK, 1), (Step.UNPACK, 3)]
)
def test_a_kill_in_the_middle_of_the_long_steps_leaves_the_version_before(
    nursery: subprocess.Popen[str], world: World, server: Server, step: Step, count: int
) -> None:
    assert killed(nursery, world, step, count)
    assert world.works() == "1.0.0"
    again(world)


@pytest.mark.slow
def test_a_kill_before_each_call_that_changes_the_disk_leaves_a_working_program(
    nursery: subprocess.Popen[str], world: World, server: Server, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(world.root, kept)
    died, ran = 0, []
    while killed(nursery, world, "call", died + 1):
        died += 1
        ran.append(world.works())
        shutil.rmtree(world.root)
        shutil.rmtree(world.home)
        shutil.copytree(kept, world.root)
    assert world.works() == "1.1.0"
    assert died > 30
    assert sorted(set(ran)) == ["1.0.0", "1.1.0"]
    assert ran == sorted(ran)  # from one version to the next at one call, and never back


def test_kills_one_after_another_leave_a_working_program_each_time(
    nursery: subprocess.Popen[str], world: World, server: Server
) -> None:
    for count in (9, 14, 17, 12, 19, 22, 25, 6, 28, 31):  # each goes on from what the one before has left
        killed(nursery, world, "call", count)
        assert world.works() in ("1.0.0", "1.1.0")
    if world.layout.current() == "1.0.0":
        again(world)
