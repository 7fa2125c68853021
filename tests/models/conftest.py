"""A real HTTP server on loopback that can do what servers do on bad days, and models that live on it."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from models import Catalog, Store, Wire
from models.schema import parse

COMMIT = "0123456789abcdef0123456789abcdef01234567"
QUICK = Wire(hub="http://127.0.0.1:9", silence=5.0, pauses=(0.01, 0.01))


@dataclass
class Served:
    """One address: what it answers, and how badly."""

    body: bytes = b""
    status: int = 200
    ranges: bool = True
    range_status: int = 206
    """What is said to somebody who wants to go on in the middle."""
    cut_at: list[int] = field(default_factory=list)
    """For each answer in turn: close the connection after so many bytes of the whole file."""
    pretend: int = 0
    """Announce so many bytes more than there are."""
    pause: float = 0.0
    """Seconds between two chunks of 64 KiB."""
    hang_at: int = 0
    """Say nothing more after so many bytes."""
    location: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Server:
    """`files` by path; `seen` keeps (method, path, Range, User-Agent) of every request."""

    port: int = 0
    files: dict[str, Served] = field(default_factory=dict)
    seen: list[tuple[str, str, str, str]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def elsewhere(self) -> str:
        """The same server under another name, as a hub's file store is another host."""
        return f"http://localhost:{self.port}"

    def serve(self, path: str, body: bytes, **how: Any) -> Served:
        self.files[path] = Served(body, **how)
        return self.files[path]

    def serve_in_hub(self, path: str, body: bytes, *, large: bool = True, commit: str = COMMIT) -> Served:
        """A hub file at acme/thing: large ones are sent on to another host, small ones come with git's own hash."""
        headers = {"X-Repo-Commit": commit}
        if not large:
            blob = hashlib.sha1(f"blob {len(body)}\0".encode() + body).hexdigest()
            served = Served(body, headers={**headers, "ETag": f'"{blob}"'})
        else:
            headers |= {"X-Linked-Etag": f'"{sha256(body)}"', "X-Linked-Size": str(len(body))}
            self.serve(f"/store/{path}", body)
            served = Served(status=302, location=f"{self.elsewhere}/store/{path}", headers=headers)
        for revision in ("main", commit):
            self.files[f"/acme/thing/resolve/{revision}/{path}"] = served
        return self.files.get(f"/store/{path}", served)

    def gets(self) -> list[str]:
        """Paths and ranges of the GET requests, as `path range`."""
        return [f"{path} {wanted}".strip() for method, path, wanted, _ in self.seen if method == "GET"]


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: Server

    def log_message(self, *_args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def _answer(self, *, send: bool) -> None:
        wanted = self.headers.get("Range", "")
        self.state.seen.append((self.command, self.path, wanted, self.headers.get("User-Agent", "")))
        served = self.state.files.get(self.path, Served(status=404))
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and served.ranges and served.body else 0
        body = served.body[start:]
        self.send_response(served.range_status if start else served.status)
        for name, value in served.headers.items():
            self.send_header(name, value)
        if served.location:
            self.send_header("Location", served.location)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(served.body) - 1}/{len(served.body)}")
        self.send_header("Content-Length", str(len(body) + served.pretend))
        self.end_headers()
        if send and served.status == 200:
            self._send(served, body, start)

    def _send(self, served: Served, body: bytes, start: int) -> None:
        end = served.cut_at.pop(0) - start if served.cut_at else len(body)
        for at in range(0, max(end, 0), 1 << 16):
            if served.hang_at and start + at >= served.hang_at:
                self.state.closing.wait(20)
                break
            try:
                self.wfile.write(body[at : min(at + (1 << 16), end)])
            except OSError:
                break
            if served.pause and self.state.closing.wait(served.pause):
                break
        if end < len(body) or served.pretend or served.hang_at:
            self.close_connection = True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The server, running. Proxies of the machine are left out of the tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    state = Server()
    handler = type("Handler", (_Handler,), {"state": state})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.daemon_threads = True
    state.port = http.server_address[1]
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield state
    state.closing.set()
    http.shutdown()
    http.server_close()
    thread.join(5)


@pytest.fixture(scope="session")
def body() -> bytes:
    """5 MB that don't repeat."""
    return random.Random(7).randbytes(5_000_000)


def entry(files: str, *, more: str = "") -> str:
    """A catalogue with one model `thing`."""
    return f"""
        [[model]]
        id = "thing"
        title = "A thing"
        task = "fill"
        licence = "MIT"
        ship = "yes"
        form = "onnx"
        origin = "acme"
        precisions = ["fp32"]
        evidence = "made for a test"
        {more}
        {files}
        [[model.graph]]
        file = "model.onnx"
        inputs = [{{ name = "x", dtype = "float32", shape = [1, "n"] }}]
        outputs = [{{ name = "y", dtype = "float32", shape = [1] }}]
    """


HUB_ENTRY = entry(
    """
        [[model.file]]
        name = "model.onnx"
        path = "onnx/model.onnx"
        sha256 = "on-first-download"
        [[model.file]]
        name = "vocab/words.txt"
        path = "words.txt"
        sha256 = "on-first-download"
    """,
    more='hub = "acme/thing"\nrevision = "main"\nabout_mb = 5',
)


def plain_entry(url: str, content: bytes, *, sha: str = "", size: int = 0) -> Catalog:
    """A model of one file at a plain address."""
    return parse(
        entry(
            f"""
            [[model.file]]
            name = "model.onnx"
            url = "{url}"
            sha256 = "{sha or sha256(content)}"
            size = {size or len(content)}
            """
        )
    )


@dataclass
class Shop:
    """What the tests need together: the server, a store whose one model lives there, and its content."""

    server: Server
    store: Store
    body: bytes
    served: Served

    @property
    def folder(self) -> Path:
        return self.store.local / "thing"

    @property
    def target(self) -> Path:
        return self.folder / "model.onnx"

    @property
    def part(self) -> Path:
        return self.folder / "model.onnx.part"


@pytest.fixture
def shop(server: Server, body: bytes, tmp_path: Path) -> Shop:
    """A model of 5 MB at a plain address."""
    served = server.serve("/model.onnx", body)
    store = Store(plain_entry(f"{server.url}/model.onnx", body), tmp_path / "models", tmp_path / "bundled", QUICK)
    return Shop(server, store, body, served)


@pytest.fixture
def hub(server: Server, body: bytes, tmp_path: Path) -> Shop:
    """A model in a hub, of one large and one small file, whose hashes the catalogue doesn't know."""
    served = server.serve_in_hub("onnx/model.onnx", body)
    server.serve_in_hub("words.txt", b"one\ntwo\n", large=False)
    wire = Wire(hub=server.url, silence=5.0, pauses=(0.01, 0.01))
    return Shop(server, Store(parse(HUB_ENTRY), tmp_path / "models", tmp_path / "bundled", wire), body, served)
