"""What is compared: nothing, a word filter, each stage of the guard alone, and all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.concepts.encoders import Floats, Side
from engines.concepts import Coder, Concept, Guard, Method, Policy
from engines.concepts import calibrate as measured
from engines.concepts.families import Kind

LISTED = 2
"""Synonyms of a class that the guard is told; the third one is kept from it, as no list holds them all."""

NEGATIVE = "negative prompt"
"""Acts in the sampler alone: nothing that the text side could show."""


@dataclass(frozen=True)
class Told:
    """What the picture network would be told: encoding, keys and values, whether anything fired, and the prompt that is left."""

    prompt: str
    states: Floats
    v: Floats
    fired: bool
    same: bool


@dataclass
class Bench:
    """A text side with what of it is needed again and again: the values of every prompt that was asked about."""

    side: Side
    _values: dict[str, Floats] = field(default_factory=dict)

    def values(self, prompt: str) -> Floats:
        """The values of an untouched prompt, float32 [T, W]."""
        if prompt not in self._values:
            self._values[prompt] = self.side.keys_values(self.side.encoded(prompt))[1]
        return self._values[prompt]

    def __post_init__(self) -> None:
        side = self.side
        self.coder = Coder(side.encoded, side.keys_values, side.widths, side.words)

    def difference(self, text: str) -> Floats:
        """What a text adds to saying nothing, in values."""
        return self.values(text) - self.values("")

    def untouched(self, prompt: str) -> Told:
        """A prompt that nobody guards."""
        return Told(prompt, self.side.encoded(prompt), self.values(prompt), fired=False, same=True)

    def guarded(self, guard: Guard, prompt: str) -> Told:
        """A prompt as `guard` hands it on."""
        given: list[tuple[Floats, Floats]] = []

        def keys_values(states: Floats) -> tuple[Floats, Floats]:
            given.append(self.side.keys_values(states))
            return given[-1]

        done = guard.apply(
            prompt, text=self.side.encoded, keys_values=keys_values, widths=self.side.widths, words=self.side.words
        )
        same = done.embedding is self.side.encoded(prompt) and any(done.v is v and done.k is k for k, v in given)
        return Told(done.prompt, done.embedding, done.v, fired=bool(done.findings), same=same)


Say = Callable[[str], Told]


@dataclass(frozen=True)
class Way:
    """One row of the table: its name, and how it answers a prompt when `target` is erased."""

    name: str
    say: Say


@dataclass(frozen=True)
class Threshold:
    """A target's threshold, and whether it was measured (else the paper's, over all positions); its gate for values, or None
    where none tells with from without."""

    value: float
    measured: bool
    gate: float | None = None


def threshold(bench: Bench, kind: Kind) -> Threshold:
    """What `guard calibrate` finds for a class with this encoder."""
    concept = Concept.of(kind.name)
    guard = Guard(Policy((concept,)))
    side = bench.side
    given: dict[str, Any] = {
        "text": side.encoded,
        "keys_values": side.keys_values,
        "widths": side.widths,
        "words": side.words,
    }
    found = measured(concept, lambda prompt: guard.presence(concept, prompt, **given))
    near = measured(concept, lambda prompt: guard.nearness(concept, prompt, **given))
    if found.threshold is None:
        return Threshold(concept.threshold, False, near.threshold)
    return Threshold(found.threshold, True, near.threshold)


def ways(bench: Bench, kind: Kind, found: Threshold) -> Iterator[Way]:
    """Every method for one target."""
    yield Way("no guard", bench.untouched)
    yield Way("word filter", lambda prompt: _filtered(bench, kind, prompt))
    usual = Concept.of(kind.name).gate
    gate = usual if found.gate is None else found.gate
    for name, words, method, opens in (
        ("words", 1.0, Method.WORDS, usual),
        ("surgery", 0.0, Method.SURGERY, usual),
        ("AdaVD, gate .86", 0.0, Method.VALUES, usual),
        ("AdaVD, gate measured", 0.0, Method.VALUES, gate),
        ("UCE", 0.0, Method.CLOSED_FORM, usual),
        ("composed", 1.0, Method.STRICT, gate),
    ):
        concept = replace(Concept.of(kind.name, method), gate=opens, synonyms=kind.synonyms[:LISTED])
        policy = Policy((concept,), words=words)
        if found.measured:
            policy = policy.with_threshold(kind.name, bench.side.name, found.value)
        guard = Guard(policy, model=bench.side.name)
        yield Way(name, lambda prompt, guard=guard: bench.guarded(guard, prompt))  # type: ignore[misc]


def _filtered(bench: Bench, kind: Kind, prompt: str) -> Told:
    """The baseline that many programs ship: a prompt with the very word is refused."""
    if kind.name not in prompt.lower().replace(",", " ").split():
        return bench.untouched(prompt)
    return replace(bench.untouched(""), fired=True, same=False)


def deleted(bench: Bench, prompt: str) -> Told:
    """Every prompt refused: the other end of the scale."""
    return replace(bench.untouched(""), fired=True, same=not prompt)
