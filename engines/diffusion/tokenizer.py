"""Prompts → the ids that a CLIP text encoder reads, with the `tokenizers` library and nothing of `transformers`.

The rules are those of `CLIPTokenizerFast` (transformers 5.23), which is the reference: NFC, whitespace to one blank, lower
case, split into letters, single digits and signs, then byte pairs with an end-of-word mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from homespun.errors import Damaged
from models.pipelines import AGAIN, MERGES, VOCABULARY, Pipeline, TextPart

END_OF_WORD = "</w>"
WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class Tokens:
    """A prompt, or a chunk of one, as ids: int64 [tokens], with start and end, filled up to the length.

    `spans[j]` is where the token `ids[j + 1]` comes from: from and to, in characters of the text that was asked about. The
    tokens of one character, such as an emoji, share its span. `kept` + `left_out` is the text in the person's spelling;
    a sign of which some tokens didn't fit counts as left out.
    """

    ids: NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]
    kept: str
    left_out: str

    def positions(self, start: int, stop: int) -> tuple[int, ...]:
        """The positions in `ids` of all tokens that lie, in part or whole, in the characters from `start` to `stop`."""
        return tuple(j + 1 for j, (begin, end) in enumerate(self.spans) if begin < stop and end > start)


class ClipTokenizer:
    """The tokenizer of a pipeline. Several threads may use it at once."""

    def __init__(self, vocabulary: Mapping[str, int], merges: list[tuple[str, str]], text: TextPart) -> None:
        """Raises `ValueError`, and whatever `tokenizers` raises, where the three don't belong together."""
        self._text = text
        self._tokenizer = _tokenizer(vocabulary, merges, text)

    @classmethod
    def of(cls, pipeline: Pipeline) -> ClipTokenizer:
        """The tokenizer in the folder of `pipeline`. Raises `Damaged`, which names the file."""
        vocabulary = _vocabulary(pipeline.folder / VOCABULARY)
        file = pipeline.folder / MERGES
        merges = _merges(file)
        try:
            return cls(vocabulary, merges, pipeline.text)
        except Exception as error:
            raise Damaged(f"The tokenizer {file} doesn't belong to its vocabulary: {error}.", AGAIN) from error

    @property
    def room(self) -> int:
        """How many tokens of a text the encoder reads at once, without start and end."""
        return self._text.tokens - 2

    def tokens(self, text: str) -> Tokens:
        """`text` as ids. What is too long is cut at a token, as CLIP does, and `left_out` says what was behind it."""
        ids, spans = self._encoded(text)
        cut = spans[self.room][0] if len(spans) > self.room else len(text)
        return Tokens(self._filled(ids[: self.room]), tuple(spans[: self.room]), text[:cut], text[cut:])

    def chunks(self, text: str) -> list[Tokens]:
        """All of `text`, in chunks of as many tokens as the encoder reads; one chunk without a word for an empty text.

        `kept` is the chunk's own text: together they are `text`. Spans count from the beginning of `text`.
        """
        return list(self._chunks(text))

    def _chunks(self, text: str) -> Iterator[Tokens]:
        ids, spans = self._encoded(text)
        begin = 0
        for at in range(0, max(len(ids), 1), self.room):
            after = at + self.room
            end = spans[after][0] if after < len(spans) else len(text)
            yield Tokens(self._filled(ids[at:after]), tuple(spans[at:after]), text[begin:end], "")
            begin = end

    def _encoded(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The ids of all of `text`, without start and end, and the span of each."""
        whole, places = _whole(text)
        encoding = self._tokenizer.encode(whole, add_special_tokens=False)
        spans = _with_marks(whole, encoding.offsets)
        if places is not None:
            spans = [(places[begin], places[end]) for begin, end in spans]
        return encoding.ids, spans

    def _filled(self, ids: list[int]) -> NDArray[np.int64]:
        text = self._text
        whole = np.full(text.tokens, text.pad, np.int64)
        whole[0] = text.start
        whole[1 : len(ids) + 1] = ids
        whole[len(ids) + 1] = text.end
        return whole


def _tokenizer(vocabulary: Mapping[str, int], merges: list[tuple[str, str]], text: TextPart) -> Any:
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers

    if text.tokens < 3:
        raise ValueError(f"an encoder of {text.tokens} tokens has no room for a word")
    names = {number: name for name, number in vocabulary.items()}
    if missing := [number for number in (text.start, text.end, text.pad) if number not in names]:
        raise ValueError(f"there is no token {missing[0]}")
    start, end, pad = names[text.start], names[text.end], names[text.pad]
    made = Tokenizer(
        models.BPE(vocab=dict(vocabulary), merges=merges, end_of_word_suffix=END_OF_WORD, unk_token=end),
    )
    made.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(WORDS), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    # Written in a prompt, these are one token. The filler too: with the "!" of Stable Diffusion 2 every "!" becomes it.
    # `normalized`: also in capitals. With a filler of its own the reference does so for the end as well.
    made.add_special_tokens([AddedToken(start, normalized=True), AddedToken(end, normalized=pad != end)])
    if pad != end:
        made.add_special_tokens([AddedToken(pad, normalized=False)])
    return made


def _vocabulary(file: Path) -> dict[str, int]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged(f"The vocabulary {file} can't be read: {error}.", AGAIN) from error
    if not isinstance(found, dict) or not all(
        isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**32 for number in found.values()
    ):
        raise Damaged(f"The vocabulary {file} is damaged: it isn't a table of words and numbers.", AGAIN)
    return found


def _merges(file: Path) -> list[tuple[str, str]]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise Damaged(f"The merges {file} can't be read: {error}.", AGAIN) from error
    found = []
    for number, line in enumerate(lines, start=1):
        # Only the first line may be a heading: "# #" is a pair of the real file.
        if not line.strip() or (number == 1 and line.startswith("#version")):
            continue
        left, blank, right = line.rstrip("\r").partition(" ")
        if not (left and blank and right) or " " in right:
            raise Damaged(f"The merges {file} are damaged: line {number} is no pair.", AGAIN)
        found.append((left, right))
    return found


def _with_marks(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """`spans`, each with the marks behind it that NFC put into its last sign: the library leaves those to no token."""
    found: list[tuple[int, int]] = []
    after, limit = (-1, -1), len(text)
    for span in reversed(spans):
        begin, end = span
        if span == after:
            found.append(found[-1])
            continue
        while end < limit and not text[end].isspace():
            end += 1
        found.append((begin, end))
        after, limit = span, begin
    return found[::-1]


def _whole(text: str) -> tuple[str, list[int] | None]:
    """`text` as valid Unicode, and where each of its characters, and its end, is in `text` (None: at the same place).

    Halves of a surrogate pair become the sign that they are, and one alone U+FFFD.
    """
    if not SURROGATES.search(text):
        return text, None
    whole: list[str] = []
    places: list[int] = []
    at = 0
    for found in SURROGATES.finditer(text):
        places.extend(range(at, found.start() + 1))
        pair = found.group()
        sign = pair.encode("utf-16", "surrogatepass").decode("utf-16") if len(pair) == 2 else "\ufffd"
        whole.append(text[at : found.start()] + sign)
        at = found.end()
    return "".join([*whole, text[at:]]), [*places, *range(at, len(text) + 1)]
