"""The guard: a prompt's words, its encoding, its keys and its values, in that order (`papers.md` §0).

words → biopsy → surgery on the encoding → keys and values → closed form → values. Each stage compares with encodings by the
same encoder, map and cut, and each hands on the very objects that it was given where it has nothing to do. A negative or
empty prompt is never edited: whoever runs the network doesn't bring it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engines.concepts import surgery, valuespace
from engines.concepts.coder import BLANK, Coder, Floats, KeysValues, Text, Words
from engines.concepts.findings import Finding, Guarded, Stage
from engines.concepts.lexicon import Known, is_everyday
from engines.concepts.literal import Span, Terms, mixed
from engines.concepts.policy import Concept, Method, Policy, Values
from engines.concepts.removal import without
from engines.concepts.uce import closed_form

NAMED = 1.0
"""The score of a concept that is named, and its threshold: it is, or it isn't."""

Seen = Mapping[str, float]
"""What a detector saw in the first picture: its score by the concept's name."""

Stretches = Sequence[tuple[Floats, int]]
"""All of a prompt: the states of each stretch, float32 [T, D], and the number of its tokens between start and end."""


@dataclass(frozen=True)
class Presence:
    """How present a concept is in a prompt: its largest score of all its texts, and those that count, with their strength.

    `strength` is the largest, with the concept's own share in it; 0 when nothing counts.
    """

    concept: Concept
    score: float
    threshold: float
    texts: tuple[str, ...] = ()
    strength: float = 0.0


class Guard:
    """The guard of one policy, with one pipeline: `model` is its id, for which thresholds may have been measured.

    `known` says which words are words of their own, so that they are never taken for another one misspelt; without it the
    bundled encoder's words count. Concepts' encodings are kept as long as the same callables come back.
    """

    def __init__(self, policy: Policy, *, model: str = "", known: Known | None = None) -> None:
        self.policy = policy
        self.model = model
        self._terms = Terms((term for concept in policy.active for term in concept.terms()), known or is_everyday)
        self._coder: Coder | None = None

    def read(self, prompt: str) -> tuple[str, tuple[Finding, ...]]:
        """The prompt without the words for any concept, and what was found: the part that needs no encoder.

        The same string comes back when there is nothing, and when the policy leaves words alone.
        """
        if not self.policy.words or not prompt.strip():
            return prompt, ()
        cleaned, removed = without(prompt, self._terms)
        return cleaned, tuple(self._named(removed))

    def apply(
        self,
        prompt: str,
        *,
        text: Text,
        keys_values: KeysValues,
        widths: Sequence[int],
        words: Words,
        seen: Seen | None = None,
    ) -> Guarded:
        """What the picture network is to be told for `prompt`.

        `text` encodes, float32 [T, D]; `keys_values` maps that to keys and values, float32 [T, W] each, in layers of
        `widths`; `words` cuts a text into stretches of tokens (`ClipTokenizer.chunks`). `seen` is what a detector saw in
        the picture that came out the first time; everything is then done anew from the prompt.
        """
        return self._applied(self._coded(text, keys_values, widths, words), prompt, seen or {})[0]

    def _applied(self, coder: Coder, prompt: str, seen: Seen) -> tuple[Guarded, list[Presence]]:
        """What `apply` gives, and every concept's presence in what was left of the words; none where it wasn't asked."""
        cleaned, found = self.read(prompt)
        left = cleaned if self.policy.words >= 1 else prompt
        states = coder.text(left)
        if not prompt.strip() or not self.policy.active:
            return Guarded(prompt, states, *coder.keys_values(states)), []
        if left != cleaned:
            states = mixed(states, coder.text(cleaned), self.policy.words)
        presences = self._presences(coder, left, states, seen) if left else []
        states, cut = self._operated(coder, states, presences)
        k, v = coder.keys_values(states)
        if not left:
            return Guarded(cleaned, states, k, v, found), presences
        k, v, led = self._led(coder, states, k, v, presences)
        v, taken = self._cleaned(coder, v)
        return Guarded(cleaned, states, k, v, (*found, *cut, *led, *taken)), presences

    def check(
        self, prompt: str, *, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words
    ) -> tuple[Guarded, tuple[Finding, ...]]:
        """What `apply` does, and every concept's presence in the prompt as it was written, for whoever wants to know.

        The findings are one for each concept that is looked for, sorted by name; `stage` is the first that acts on it.
        """
        coder = self._coded(text, keys_values, widths, words)
        guarded, presences = self._applied(coder, prompt, {})
        if not prompt.strip():
            presences = [Presence(one, 0.0, self.policy.threshold(one, self.model)[0]) for one in self.policy.active]
        elif guarded.prompt != prompt:
            presences = self._presences(coder, prompt, coder.text(prompt), {})
        told = []
        for presence in presences:
            first = next((one for one in guarded.findings if one.concept == presence.concept.name), None)
            now = Finding(presence.concept.name, presence.score, presence.threshold, Stage.NONE)
            told.append(now if first is None else replace(first, score=now.score, threshold=now.threshold))
        return guarded, tuple(told)

    def presence(
        self, concept: Concept, prompt: str, *, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words
    ) -> float:
        """The length-robust biopsy of one concept: what `calibrate` finds thresholds for."""
        coder = self._coded(text, keys_values, widths, words)
        return max(self._scores(coder, concept, _stretches(coder, prompt, coder.text(prompt)), robust=True).values())

    def nearness(
        self, concept: Concept, prompt: str, *, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words
    ) -> float:
        """The largest cosine of a token's value with the concept's: what a `gate` stands in."""
        coder = self._coded(text, keys_values, widths, words)
        v = keys_values(coder.text(prompt))[1]
        return max(valuespace.closest(v, one, coder.widths) for one in coder.values(concept.texts))

    def _coded(self, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words) -> Coder:
        if self._coder is None or not self._coder.made_of(text, keys_values, widths, words):
            self._coder = Coder(text, keys_values, widths, words)
        return self._coder

    def _named(self, removed: Sequence[tuple[Span, str]]) -> list[Finding]:
        found = []
        for name in dict.fromkeys(span.concept for span, _ in removed):
            mine = [(span, words) for span, words in removed if span.concept == name]
            hows = ", ".join(dict.fromkeys(str(span.how) for span, _ in mine))
            words = tuple(words for _, words in mine)
            found.append(Finding(name, NAMED, NAMED, Stage.WORDS, words, hows, self.policy.words))
        return found

    def _presences(self, coder: Coder, prompt: str, states: Floats, seen: Seen) -> list[Presence]:
        """Every concept's presence in `prompt`, whose first stretch is encoded as `states`."""
        found = []
        stretches = _stretches(coder, prompt, states)
        for concept in self.policy.active:
            threshold, robust = self.policy.threshold(concept, self.model)
            scores = self._scores(coder, concept, stretches, robust=robust)
            strengths = {one: surgery.strength(score, threshold, self.policy.gamma) for one, score in scores.items()}
            eyes = seen.get(concept.name, 0.0)
            if eyes >= concept.seen_from and self.policy.second_look > 0:
                looked = min(1.0, self.policy.second_look * eyes)
                # Seen is present, however little of it the words say: tau at least.
                strengths = {one: max(rho, looked, self.policy.tau) for one, rho in strengths.items()}
            texts = surgery.present(strengths, self.policy.tau)
            strength = concept.strength * max((strengths[one] for one in texts), default=0.0)
            found.append(Presence(concept, max(scores.values()), threshold, texts, strength))
        return found

    def _scores(self, coder: Coder, concept: Concept, stretches: Stretches, *, robust: bool) -> dict[str, float]:
        """The biopsy of each of the concept's texts: the largest over the stretches of the prompt."""
        return {
            one: max(
                surgery.biopsy(
                    encoded,
                    coder.difference(one),
                    surgery.content_rows(tokens, len(encoded)) if robust else slice(None),
                )
                for encoded, tokens in stretches
            )
            for one in concept.texts
        }

    def _operated(self, coder: Coder, states: Floats, presences: Sequence[Presence]) -> tuple[Floats, list[Finding]]:
        """Surgery: one cut for all that is present, since the encodings of concepts don't add up."""
        here = [one for one in presences if one.texts and one.strength and one.concept.method.operates]
        if not here:
            return states, []
        rho = max(one.strength for one in here)
        joint = surgery.together(text for one in here for text in one.texts)
        return surgery.operate(states, coder.difference(joint), rho), [_told(one, Stage.SURGERY) for one in here]

    def _led(
        self, coder: Coder, states: Floats, k: Floats, v: Floats, presences: Sequence[Presence]
    ) -> tuple[Floats, Floats, list[Finding]]:
        """The closed form: one joint edit of all that is present, made anew from the untouched map."""
        here = [one for one in presences if one.texts and one.strength and one.concept.method is Method.CLOSED_FORM]
        if not here:
            return k, v, []
        guides = {text: one.concept.guide for one in here for text in one.concept.texts}
        strengths = {text: one.concept.strength for one in here for text in one.concept.texts}
        keep = [text for one in here for text in one.concept.kept]
        edit = closed_form(coder, guides, keep, strengths=strengths)
        return *edit.edited(states, k, v), [_told(one, Stage.CLOSED_FORM) for one in here]

    def _cleaned(self, coder: Coder, v: Floats) -> tuple[Floats, list[Finding]]:
        """Values: every token has a gate of its own, so no biopsy is asked."""
        concepts = [one for one in self.policy.active if one.method.cleans]
        texts = [text for concept in concepts for text in concept.texts]
        if not texts:
            return v, []
        shift = valuespace.OVERSTEER if self.policy.values is Values.OVERSTEER else valuespace.Shift()
        gates = {text: self.policy.gate(concept, self.model) for concept in concepts for text in concept.texts}
        if self.policy.values is Values.PAPER_CODE:
            neutral = coder.keys_values(coder.states(BLANK))[1]
            after, _ = valuespace.paper_code(v, neutral, coder.values(texts), coder.widths)
        else:
            strengths = [concept.strength for concept in concepts for _ in concept.texts]
            opens = [gates[text] for text in texts]
            after = valuespace.remove(v, coder.values(texts), coder.widths, shift, strengths, opens)
        if after is v or np.array_equal(after, v):
            return v, []
        found = []
        for concept in concepts:
            near = [valuespace.closest(v, one, coder.widths) for one in coder.values(concept.texts)]
            gate = gates[concept.texts[0]]
            deltas = replace(shift, middle=gate).of(np.array(near))
            # The public code has no gate of its own: it touches every token.
            every = self.policy.values is Values.PAPER_CODE
            opened = tuple(
                text for text, delta in zip(concept.texts, deltas, strict=True) if every or delta >= valuespace.OPEN
            )
            if opened:
                strength = concept.strength * min(1.0, float(deltas.max()))
                found.append(Finding(concept.name, max(near), gate, Stage.VALUES, opened, "", strength))
        return after, found


def _stretches(coder: Coder, prompt: str, states: Floats) -> Stretches:
    """Every stretch of `prompt`, each encoded once for all concepts; `states` is the first one's encoding."""
    return [
        (coder.text(chunk.text) if number else states, chunk.tokens)
        for number, chunk in enumerate(coder.chunks(prompt))
    ]


def _told(presence: Presence, stage: Stage) -> Finding:
    return Finding(
        presence.concept.name, presence.score, presence.threshold, stage, presence.texts, "", presence.strength
    )
