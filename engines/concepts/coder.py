"""The text side of a picture network, as the guard uses it: encodings of concepts, kept, all made in one and the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Text = Callable[[str], Floats]
KeysValues = Callable[[Floats], tuple[Floats, Floats]]


class Tokens(Protocol):
    """One stretch of a text as the encoder reads it: `ids` int64 [tokens] with start, end and filling; `kept` its words."""

    @property
    def ids(self) -> NDArray[np.int64]: ...
    @property
    def kept(self) -> str: ...


Words = Callable[[str], Sequence[Tokens]]
"""The whole text in stretches that fit the encoder, as `ClipTokenizer.chunks` gives them; never empty."""

BLANK = ""
"""The neutral text: what a concept is told apart from."""


@dataclass(frozen=True)
class Chunk:
    """A stretch of a prompt, with the number of its tokens between start and end."""

    text: str
    tokens: int


class Coder:
    """Encodings of texts by one encoder and one key and value map, made once for each concept.

    `text` gives the last hidden states of a text, float32 [T, D]; `keys_values` maps such states to keys and values, float32
    [T, W] each, W the sum of `widths`, row by row and linearly; `words` cuts a text into tokens. Prompts are never kept.
    """

    def __init__(self, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words) -> None:
        self.text = text
        self.keys_values = keys_values
        self.widths = tuple(widths)
        self.words = words
        self._end = int(words(BLANK)[0].ids[1])
        self._states: dict[str, Floats] = {}
        self._values: dict[str, Floats] = {}

    def made_of(self, text: Text, keys_values: KeysValues, widths: Sequence[int], words: Words) -> bool:
        """Whether this is the coder of these callables: then what it keeps still holds."""
        return (self.text, self.keys_values, self.widths, self.words) == (text, keys_values, tuple(widths), words)

    def states(self, concept: str) -> Floats:
        """The states of a concept's text, float32 [T, D]."""
        if concept not in self._states:
            self._states[concept] = np.asarray(self.text(concept), np.float32)
        return self._states[concept]

    def difference(self, concept: str) -> Floats:
        """What a concept's text adds to saying nothing, float32 [T, D]; row 0 is 0 with a causal encoder."""
        return self.states(concept) - self.states(BLANK)

    def chunks(self, prompt: str) -> list[Chunk]:
        """The stretches of a prompt. The picture network is told the first one alone; presence is looked for in all."""
        return [Chunk(each.kept, self._tokens(each)) for each in self.words(prompt)]

    def subject(self, concept: str) -> int:
        """The row of the concept's last token before the end; 0, the start, for a text without tokens."""
        return self._tokens(self.words(concept)[0])

    def state(self, concept: str) -> Floats:
        """The state of the concept's last token, float32 [D]."""
        row: Floats = self.states(concept)[self.subject(concept)]
        return row

    def values(self, concepts: Sequence[str]) -> Floats:
        """The values of each concept's last token in every layer, float32 [n, W]; what is new is mapped in one go."""
        new = [one for one in dict.fromkeys(concepts) if one not in self._values]
        if new:
            self._values.update(zip(new, self.projected(np.array([self.state(one) for one in new]))[1], strict=True))
        return np.array([self._values[one] for one in concepts])

    def projected(self, states: Floats) -> tuple[Floats, Floats]:
        """Keys and values of `states` [n, D], float32 [n, W] each, whatever number of rows the map wants at once."""
        rows = len(self.states(BLANK))
        keys, values = [], []
        for first in range(0, len(states), rows):
            part = states[first : first + rows]
            sheet = np.zeros((rows, states.shape[1]), np.float32)
            sheet[: len(part)] = part
            k, v = self.keys_values(sheet)
            keys.append(np.array(k[: len(part)]))
            values.append(np.array(v[: len(part)]))
        return np.concatenate(keys), np.concatenate(values)

    def _tokens(self, each: Tokens) -> int:
        ends = np.flatnonzero(each.ids[1:] == self._end)
        return int(ends[0]) if len(ends) else len(each.ids) - 1
