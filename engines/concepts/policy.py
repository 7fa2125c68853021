"""What the guard looks for and what it does about it: plain data, checked where it is read (`policy_file.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from engines.concepts.families import kinds, siblings
from engines.concepts.literal import How, Term
from engines.concepts.surgery import GAMMA, TAU


class Method(StrEnum):
    """What is done about a concept, besides taking its words out.

    The closed form and the values are never both: after the closed form a concept's value *is* its guide's, and taking that
    out would erase the guide.
    """

    WORDS = "words"
    SURGERY = "surgery"
    VALUES = "values"
    STRICT = "surgery+values"
    CLOSED_FORM = "closed form"

    @property
    def operates(self) -> bool:
        """Whether the prompt's encoding is cut."""
        return self in (Method.SURGERY, Method.STRICT)

    @property
    def cleans(self) -> bool:
        """Whether values are cleaned."""
        return self in (Method.VALUES, Method.STRICT)


class Values(StrEnum):
    """How values are cleaned: as we do it, with the demo's oversteering, or as the public code computes."""

    OURS = "ours"
    OVERSTEER = "oversteer"
    PAPER_CODE = "paper code"


@dataclass(frozen=True)
class Concept:
    """One thing that pictures shall not show: `texts` are encoded, all of them and the other words are looked for.

    `guide` is what the closed form leads to ("" = nothing), `keep` what it holds besides siblings. `threshold` is for the
    biopsy over all positions, `gate` for the cosine of values, `seen_from` for a detector's score.
    """

    name: str
    texts: tuple[str, ...]
    synonyms: tuple[str, ...] = ()
    other_languages: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    guide: str = ""
    method: Method = Method.SURGERY
    strength: float = 1.0
    threshold: float = 0.12
    gate: float = 0.86
    seen_from: float = 0.5
    on: bool = True

    @classmethod
    def of(cls, text: str, method: Method = Method.SURGERY) -> Concept:
        """The concept that `text` names, with what its family knows of other words for it."""
        kind = kinds().get(text)
        return cls(text, (text,), *((kind.synonyms, kind.other_languages) if kind else ((), ())), method=method)

    @property
    def kept(self) -> tuple[str, ...]:
        """What the closed form holds: `keep`, and the siblings of every text."""
        return tuple(dict.fromkeys((*self.keep, *(one for text in self.texts for one in siblings(text)))))

    def terms(self) -> Iterator[Term]:
        """The words that are looked for in a prompt."""
        for how, words in (
            (How.WORD, self.texts),
            (How.SYNONYM, self.synonyms),
            (How.LANGUAGE, self.other_languages),
        ):
            yield from (Term(self.name, word, how) for word in words)


@dataclass(frozen=True)
class Policy:
    """A person's decisions. `words` is how much of a named concept goes, 0 to 1; `second_look` the weight of a detector.

    `measured` holds, by the id of a pipeline and a concept's name, the threshold that `calibrate` found there for the
    length-robust biopsy; where it says nothing, the concept's own threshold counts, over all positions. `gates` holds the
    same for the gate of values.
    """

    concepts: tuple[Concept, ...] = ()
    on: bool = True
    words: float = 1.0
    tau: float = TAU
    gamma: float = GAMMA
    second_look: float = 1.0
    values: Values = Values.OURS
    measured: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    gates: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def active(self) -> tuple[Concept, ...]:
        """The concepts that are looked for: those that are on and have a text, sorted by name."""
        found = (concept for concept in self.concepts if concept.on and concept.texts)
        return tuple(sorted(found, key=lambda concept: concept.name)) if self.on else ()

    def threshold(self, concept: Concept, model: str) -> tuple[float, bool]:
        """The concept's threshold with the pipeline `model`, and whether it is for the length-robust biopsy."""
        measured = self.measured.get(model, {}).get(concept.name)
        return (concept.threshold, False) if measured is None else (measured, True)

    def gate(self, concept: Concept, model: str) -> float:
        """The cosine of values from which a token is cleaned, with the pipeline `model`."""
        return self.gates.get(model, {}).get(concept.name, concept.gate)

    def with_threshold(self, concept: str, model: str, threshold: float) -> Policy:
        """The same policy with a threshold that was measured."""
        measured = {name: dict(found) for name, found in self.measured.items()}
        measured.setdefault(model, {})[concept] = threshold
        return replace(self, measured=measured)


def contradictions(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """Texts that one concept erases by the closed form and another by values: text, and the names of both."""
    closed = {
        text: concept.name
        for concept in policy.active
        if concept.method is Method.CLOSED_FORM
        for text in concept.texts
    }
    for concept in policy.active:
        for text in concept.texts:
            if concept.method.cleans and text in closed:
                yield text, closed[text], concept.name
