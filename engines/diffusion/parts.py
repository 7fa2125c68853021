"""The five networks of a pipeline: opened when they are needed, each on the device that is proved best for it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engines.diffusion import memory
from engines.diffusion.contract import bias_name, check_contract, contract_of, shown
from engines.diffusion.tokenizer import ClipTokenizer
from engines.runtime import Closing, DeviceName, Explanation, Mode, Refusal, Result, Session, open_model
from homespun.errors import Damaged, HomespunError, UsageError
from homespun.progress import Cancel, Cancelled
from models import Located, Source
from models.pipelines import AGAIN, DECODER, ENCODER, TEXT, TEXT_KV, UNET, Pipeline

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[Any]]
T = TypeVar("T")

LOOK_EVERY = 0.1
"""Seconds between two looks at whether somebody wants to stop."""

GRACE = 0.5
"""Seconds that a stopped run may take to end by itself. The runtime stops between two operators, of which a large picture's
may take over a second, and can't be stopped at all while it reads a file: nobody waits for those."""


PATIENCE = 30.0
"""Seconds that the loading of a proved device is waited for before the first step: steps on the processor take longer."""


class Watch(Protocol):
    """Somebody who waits for a run."""

    @property
    def cancel(self) -> Cancel:
        """Stops it."""

    def tick(self) -> None:
        """Called every `LOOK_EVERY` seconds while it goes on."""


class _Nobody:
    """Waits for as long as it takes."""

    cancel = Cancel()

    def tick(self) -> None:
        pass


class Parts(Closing):
    """The networks of `pipeline`. Use it as a context manager, or `close` it. For one thread at a time.

    Everything is opened and run in one thread of its own, in turn: whoever stops a run may leave at once, and the next
    run begins when the last one has really ended. Each method raises `Damaged` for a part that isn't what the pipeline
    says or gives no numbers, `NoSpace` when it can't fit into memory, and `Cancelled` within a second.
    """

    def __init__(self, pipeline: Pipeline, *, mode: Mode = Mode.EAGER, device: DeviceName | None = None) -> None:
        self.pipeline = pipeline
        self._located = Located(pipeline.folder, pipeline.model(), Source.LOCAL)
        self._mode, self._device = mode, device
        self._pool = ThreadPoolExecutor(1, "homespun-diffusion")
        self._sessions: dict[str, Session] = {}
        self._watch: Watch = _Nobody()
        self._none = {n: np.zeros((1, 1, 1, n), np.float32) for n in pipeline.bias}
        self._closed = False
        self.ran_on: dict[str, DeviceName] = {}
        """The device of each part's last run."""
        self.refused: dict[str, Refusal] = {}
        """By part, the device that should have run it and failed."""
        self.loads: dict[str, float] = {}
        """Seconds that opening each part took."""
        self.runs: dict[str, list[float]] = {}
        """Seconds of each run of each part."""

    @contextmanager
    def watched(self, watch: Watch) -> Iterator[None]:
        """A block whose runs `watch` waits for."""
        before, self._watch = self._watch, watch
        try:
            yield
        finally:
            self._watch = before

    @contextmanager
    def steady(self) -> Iterator[None]:
        """A block in which the UNet stays on the device that it begins on: the steps of a picture belong together."""
        beginning = self._pool.submit(self._begun, self._watch.cancel)
        try:
            self._waited(beginning)
            yield
        finally:
            self._pool.submit(_ended, beginning)

    # --- the parts ---

    @cached_property
    def tokenizer(self) -> ClipTokenizer:
        """What cuts a text into the ids that `text` reads."""
        return ClipTokenizer.of(self.pipeline)

    def said(self, prompt: str) -> Floats:
        """What the text encoder makes of a text, float32 [tokens, D]; of its beginning where it is too long."""
        return self.text(self.tokenizer.tokens(prompt).ids)

    def text(self, ids: NDArray[np.int64]) -> Floats:
        """What the text encoder makes of int64 [tokens] ids: float32 [tokens, D]."""
        states: Floats = self._run(TEXT, {"input_ids": ids[None]})["last_hidden_state"][0]
        return states

    def keys_values(self, embedding: Floats) -> tuple[Floats, Floats]:
        """Keys and values [tokens, W] of every cross-attention, side by side, of a text [tokens, D]."""
        found = self._run(TEXT_KV, {"last_hidden_state": embedding[None]})
        return found["k"][0], found["v"][0]

    def encode(self, pixels: Floats) -> Floats:
        """The latent [1, 4, h, w] of a picture float32 [height, width, 3] in 0..1."""
        planes = np.ascontiguousarray(pixels.transpose(2, 0, 1)[None] * np.float32(2) - np.float32(1))
        latent: Floats = self._run(ENCODER, {"pixels": planes})["latent"]
        return latent

    def unet(
        self, sample: Floats, timestep: float, k: Floats, v: Floats, biases: Mapping[int, Floats] | None = None
    ) -> Floats:
        """What the network predicts, [1, 4, h, w], of `sample` [1, channels, h, w] at `timestep`.

        `biases` is by number of tokens; those that are left out add nothing. Raises `UsageError` for a bias of pairs that
        the network has no room for.
        """
        given = {**self._none, **(biases or {})}
        return self._run(
            UNET,
            {
                "sample": sample,
                "timestep": np.array([timestep], np.float32),
                "k": k[None],
                "v": v[None],
                **{bias_name(tokens): bias for tokens, bias in given.items()},
            },
        )["out_sample"]

    def decode(self, latent: Floats) -> Floats:
        """The picture float32 [height, width, 3] in 0..1 of a latent [1, 4, h, w]."""
        planes = self._run(DECODER, {"latent": latent})["pixels"][0]
        return np.ascontiguousarray(np.clip(planes.transpose(1, 2, 0) * np.float32(0.5) + np.float32(0.5), 0, 1))

    # --- running ---

    def _run(self, part: str, inputs: Arrays) -> Mapping[str, Floats]:
        cancel = self._watch.cancel
        return self._waited(self._pool.submit(self._tried, part, lambda: self._answered(part, inputs, cancel)))

    def _waited(self, running: Future[T]) -> T:
        """What `running` gives, looked at now and then; left to itself when it is stopped and doesn't end soon."""
        try:
            while wait([running], LOOK_EVERY).not_done:
                self._watch.cancel.check()
                self._watch.tick()
        except Cancelled:
            running.cancel()
            wait([running], GRACE)
            raise
        return running.result()

    def _tried(self, part: str, attempt: Callable[[], T]) -> T:
        """What `attempt` gives; a second one with all other parts closed where memory seems to have been short."""
        try:
            return attempt()
        except (MemoryError, HomespunError) as error:
            # The runtime tells of memory by a HomespunError of no special kind.
            if type(error) not in (MemoryError, HomespunError):
                raise
            others = [name for name in self._sessions if name != part]
            if not others:
                raise memory.no_memory(self.pipeline, part) if isinstance(error, MemoryError) else error from error
            for name in others:
                self._sessions.pop(name).close()
        try:
            return attempt()
        except MemoryError as error:
            raise memory.no_memory(self.pipeline, part) from error

    def _answered(self, part: str, inputs: Arrays, cancel: Cancel) -> Mapping[str, Floats]:
        cancel.check()
        session = self._opened(part)
        cancel.check()
        result = session.run(_shaped(session, inputs), cancel=cancel)
        self._check(part, result)
        self.ran_on[part] = result.device
        if result.fell_back_from is not None:
            self.refused[part] = result.fell_back_from
        self.runs.setdefault(part, []).append(result.seconds)
        return result.outputs

    def _check(self, part: str, result: Result) -> None:
        """Raise `Damaged` for outputs of another shape, or that are no numbers. Devices but the last are checked before."""
        for name, tensor in contract_of(self.pipeline, part).outputs.items():
            array = result.outputs[name]
            if array.shape != tensor.shapes[0]:
                there, wanted = shown(array.dtype.name, array.shape), shown(tensor.dtype, tensor.shapes[0])
                raise Damaged(f"{self.pipeline.folder / part} gave {name} as {there} and should as {wanted}.", AGAIN)
            if not np.isfinite(array).all():
                raise Damaged(
                    f"{self.pipeline.folder / part} gave no numbers: {name} holds NaN or infinity, on {result.device}.",
                    AGAIN,
                )

    # --- opening and closing ---

    def _begun(self, cancel: Cancel) -> ExitStack:
        cancel.check()
        stack = ExitStack()
        session = self._tried(UNET, lambda: self._opened(UNET))
        stack.enter_context(session.job({}, patience=PATIENCE))
        return stack

    def _opened(self, part: str) -> Session:
        """The session of `part`, as the one that was used last."""
        session = self._sessions.pop(part, None)
        if session is None:
            self._make_room(part)
            start = time.perf_counter()
            session = open_model(
                self.pipeline.id, mode=self._mode, device=self._device, file=part, located=self._located
            )
            try:
                check_contract(self.pipeline, part, session.inputs, session.outputs)
            except BaseException:
                session.close()
                raise
            self.loads[part] = time.perf_counter() - start
        self._sessions[part] = session
        return session

    def _make_room(self, part: str) -> None:
        """Close parts, the longest unused first, until `part` fits. Raises `NoSpace` where it never will."""
        needed = memory.needed_memory(self.pipeline, part)
        while memory.free_memory() < needed:
            if not self._sessions:
                raise memory.no_memory(self.pipeline, part)
            self._sessions.pop(next(iter(self._sessions))).close()

    def is_open(self, part: str) -> bool:
        """Whether `part` is in memory."""
        return part in self._sessions

    def why(self) -> Mapping[str, Explanation]:
        """For each part that is open, which device runs it, and why."""
        return {part: session.why() for part, session in self._sessions.items()}

    def close(self) -> None:
        """Give back all memory: at once, or as soon as a run that was stopped has ended."""
        if not self._closed:
            self._closed = True
            closing = self._pool.submit(self._close_all)
            self._pool.shutdown(wait=False)
            wait([closing], GRACE)

    def _close_all(self) -> None:
        while self._sessions:
            self._sessions.popitem()[1].close()


def _ended(beginning: Future[ExitStack]) -> None:
    """End what began, though nobody may have waited for its beginning. The pool's thread calls it, so that is over."""
    if not beginning.cancelled() and beginning.exception() is None:
        beginning.result().close()


def _shaped(session: Session, inputs: Arrays) -> Arrays:
    """`inputs` with each bias spread to the shape that the network has room for."""
    found = dict(inputs)
    for port in session.inputs:
        if port.name.startswith("bias_") and found[port.name].shape != port.shape:
            if found[port.name].shape[2] > 1:
                raise UsageError(
                    "This pipeline's attention takes no bias of pairs, which the rule of the paper needs.",
                    "Take the rule key_mask, or a pipeline that was exported with room for pairs.",
                )
            found[port.name] = np.broadcast_to(found[port.name], [int(size) for size in port.shape])
    return found
