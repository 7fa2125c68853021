"""An app without a window, for Windows' Python: the real `desktop.pipes` and `desktop.instance`, and a log of what was asked.

    python -m desktop …        (as `desktop/__main__.py` of a made-up version)
    python server.py MODE      MODE: listen, hang (never takes anything), squat (the right place, another key)

The log is the file that HOMESPUN_TEST_LOG names: a JSON object in each line.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from multiprocessing.connection import Listener

from desktop import pipes
from desktop.handoff import Answer, Request
from desktop.instance import become_app
from homespun.folders import folders, make_private

LONGEST_LIFE = 300.0


def note(**told: object) -> None:
    """Append to the log."""
    with open(os.environ["HOMESPUN_TEST_LOG"], "a", encoding="utf-8") as log:
        log.write(json.dumps(told) + "\n")


def listen(mode: str) -> int:
    """Be the app until somebody asks to quit."""
    server = become_app()
    if server is None:
        note(event="taken", mode=mode)
        return 0
    done = threading.Event()

    def take(request: Request) -> Answer:
        note(event="asked", do=request.do, paths=list(request.paths))
        if request.do == "quit":
            done.set()
        return Answer(request.do != "palette", "no palette here" if request.do == "palette" else "")

    note(event="up", mode=mode, pid=os.getpid(), argv=sys.argv, environment=sorted(os.environ), version=sys.version)
    if mode != "hang":
        server.serve(take)  # type: ignore[attr-defined]
    done.wait(LONGEST_LIFE)
    return 0


def squat() -> int:
    """Stand at the app's place with a key of our own, and write down every byte that comes."""
    home = make_private(folders().data / "app")
    pipes.pipe_key(home)
    listener = Listener(pipes.pipe_name(home))
    note(event="up", mode="squat", pid=os.getpid())
    while True:
        with listener.accept() as connection:
            connection.send_bytes(b"#CHALLENGE#{sha256}" + b"x" * 40)
            note(event="reply", size=len(connection.recv_bytes()))
            connection.send_bytes(b"#WELCOME#")
            connection.recv_bytes()
            connection.send_bytes(b"{sha256}" + b"y" * 32)
            heard = connection.recv_bytes()
            note(event="verdict", heard=heard.decode("latin-1"))
            try:
                note(event="leaked", heard=connection.recv_bytes().decode("latin-1"))
            except EOFError:
                note(event="gone")


if __name__ == "__main__":
    mode = sys.argv[1] if len(sys.argv) > 1 else "listen"
    sys.exit(squat() if mode == "squat" else listen(mode))
