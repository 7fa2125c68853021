"""Prompts become the ids that CLIPTokenizerFast makes of them, and nothing of them is lost without being told.

`fixtures/clip_ids.json` was made by transformers 5.23 in the export environment (`make_fixtures.py`), with a vocabulary of
our own in the form of CLIP's: 2,600 pieces and not 49,408.
"""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.diffusion import ClipTokenizer, Tokens
from homespun.errors import Damaged
from models.pipelines import MERGES, VOCABULARY
from tests.engines.diffusion.folders import END, FIXTURES, START, VOCABULARY_OF_FIXTURES, text_pipeline

TOKENIZER = ClipTokenizer.of(text_pipeline())
PIECES = {number: piece for piece, number in VOCABULARY_OF_FIXTURES.items()}
CASES: list[tuple[str, list[int]]] = [
    (text, ids) for text, ids in json.loads((FIXTURES / "clip_ids.json").read_text(encoding="utf-8"))
]

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60) | st.text(
    st.sampled_from("abe C1!'\u0301\u0323\u200d\u1100\u1161\u11a8\u0130 \u732b\U0001f431\ud83d\udc31\ud83d"),
    max_size=200,
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder with the tokenizer, to be spoilt."""
    shutil.copytree(FIXTURES / "tokenizer", tmp_path / "tokenizer")
    return tmp_path


def content(tokens: Tokens) -> list[int]:
    """The ids between start and end."""
    return [int(number) for number in tokens.ids[1 : len(tokens.spans) + 1]]


def pieces(text: str) -> list[str]:
    return [PIECES[number] for number in content(TOKENIZER.tokens(text))]


def test_the_ids_of_thirteen_hundred_texts_are_those_of_the_reference() -> None:
    assert len({text for text, _ in CASES}) >= 1_000
    found = [(text, TOKENIZER.tokens(text).ids[: len(ids)].tolist()) for text, ids in CASES]
    assert [pair for pair, case in zip(found, CASES, strict=True) if pair != case] == []


def test_behind_the_end_there_is_only_filler() -> None:
    for text, ids in CASES:
        found = TOKENIZER.tokens(text).ids
        assert found.dtype == np.int64
        assert found.shape == (77,)
        assert set(found[len(ids) :].tolist()) <= {END}


def test_the_filler_is_the_pipelines() -> None:
    other = ClipTokenizer.of(text_pipeline(pad=VOCABULARY_OF_FIXTURES["!"]))
    ids = other.tokens("a cat!").ids
    filler = VOCABULARY_OF_FIXTURES["!"]
    used = len(other.tokens("a cat!").spans)
    assert ids[used + 1] == END
    assert set(ids[used + 2 :].tolist()) == {filler}
    assert filler in content(other.tokens("a cat!"))
    assert filler not in content(TOKENIZER.tokens("a cat!"))


def test_special_words_in_a_prompt_are_one_token_and_no_way_out_of_the_room() -> None:
    assert pieces("cat <|endoftext|> cat")[1] == "<|endoftext|>"
    ids = TOKENIZER.tokens("<|endoftext|>" * 500).ids
    assert ids.shape == (77,)
    assert ids[0] == START


@given(anything)
def test_any_text_becomes_ids_of_the_vocabulary(text: str) -> None:
    tokens = TOKENIZER.tokens(text)
    assert tokens.ids.shape == (77,)
    assert (tokens.ids[0], tokens.ids[len(tokens.spans) + 1]) == (START, END)
    assert set(tokens.ids.tolist()) <= set(PIECES)


@given(anything)
def test_what_is_kept_and_what_is_left_out_are_the_text_in_the_persons_spelling(text: str) -> None:
    tokens = TOKENIZER.tokens(text)
    assert tokens.kept + tokens.left_out == text
    assert len(tokens.spans) <= 75
    assert bool(tokens.left_out) <= (len(tokens.spans) == 75)


@given(anything)
def test_chunks_hold_all_of_a_text_once(text: str) -> None:
    chunks = TOKENIZER.chunks(text)
    wide = ClipTokenizer.of(text_pipeline(tokens=4_002))
    whole = wide.tokens(text)
    assert "".join(chunk.kept for chunk in chunks) == text
    assert [number for chunk in chunks for number in content(chunk)] == content(whole)
    assert [span for chunk in chunks for span in chunk.spans] == list(whole.spans)
    assert all(len(chunk.spans) == 75 for chunk in chunks[:-1])
    assert not any(chunk.left_out for chunk in chunks)
    assert chunks[0].ids.tolist() == TOKENIZER.tokens(text).ids.tolist()


@given(anything)
def test_every_sign_but_blanks_belongs_to_a_token(text: str) -> None:
    covered = {at for chunk in TOKENIZER.chunks(text) for begin, end in chunk.spans for at in range(begin, end)}
    assert [at for at, sign in enumerate(text) if at not in covered and not sign.isspace()] == []


@given(anything)
def test_every_token_says_where_it_comes_from(text: str) -> None:
    spans = TOKENIZER.tokens(text).spans
    assert all(0 <= begin < end <= len(text) for begin, end in spans)
    assert all(before[0] <= after[0] for before, after in pairwise(spans))


def test_spans_are_places_in_the_text_as_it_was_written() -> None:
    text = "  A  RE\u0301SUME\u0301, by \U0001f431  and \u0130da"
    tokens = TOKENIZER.tokens(text)
    words = ["A", "RE\u0301SUME\u0301", ",", "by", "\U0001f431", "and", "\u0130da"]
    at = 0
    for word in words:
        begin = text.index(word, at)
        at = begin + len(word)
        found = tokens.positions(begin, at)
        assert found, word
        assert min(tokens.spans[position - 1][0] for position in found) == begin, word
        assert max(tokens.spans[position - 1][1] for position in found) == at, word
    assert len(tokens.positions(0, len(text))) == len(tokens.spans)


def test_the_tokens_of_one_sign_share_its_place() -> None:
    tokens = TOKENIZER.tokens("a \U0001f991 b")
    (_, *signs, _) = tokens.spans
    assert len(signs) > 1
    assert set(signs) == {(2, 3)}


def test_an_overlong_prompt_says_which_words_are_left_out() -> None:
    text = "Cat " * 75 + "und ein HUND"
    tokens = TOKENIZER.tokens(text)
    assert (tokens.kept, tokens.left_out) == ("Cat " * 75, "und ein HUND")
    first, second = TOKENIZER.chunks(text)
    assert (first.kept, second.kept) == (tokens.kept, tokens.left_out)


def test_an_empty_prompt_is_one_chunk_without_a_word() -> None:
    for text in ("", "   "):
        (chunk,) = TOKENIZER.chunks(text)
        assert chunk.ids.tolist() == TOKENIZER.tokens(text).ids.tolist() == [START, *[END] * 76]
        assert (chunk.spans, chunk.kept) == ((), text)


@given(anything)
def test_half_a_sign_is_read_as_the_sign_for_nothing_readable(text: str) -> None:
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert TOKENIZER.tokens(text).ids.tolist() == TOKENIZER.tokens(readable).ids.tolist()


def test_two_halves_of_a_sign_are_the_sign_and_places_stay_right() -> None:
    text = "a \ud83d\udc31 cat \udc31 dog"
    tokens = TOKENIZER.tokens(text)
    assert tokens.ids.tolist() == TOKENIZER.tokens("a \U0001f431 cat \ufffd dog").ids.tolist()
    assert {tokens.spans[position - 1] for position in tokens.positions(2, 4)} == {(2, 4)}
    assert tokens.positions(text.index("dog"), len(text))[-1] == len(tokens.spans)


def test_threads_get_what_one_gets() -> None:
    texts = [text for text, _ in CASES[:200]]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: TOKENIZER.tokens(text).ids.tolist(), texts))
    assert found == [TOKENIZER.tokens(text).ids.tolist() for text in texts]


@pytest.mark.parametrize("name", [VOCABULARY, MERGES])
def test_a_file_that_is_missing_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(Damaged, match=name.rpartition("/")[2]):
        ClipTokenizer.of(text_pipeline(copied))


@pytest.mark.parametrize("spoilt", ["", "[1, 2]", '{"a": "b"}', '{"a": true}', '{"a": -1}', "{", "[" * 100_000])
def test_a_damaged_vocabulary_is_named(copied: Path, spoilt: str) -> None:
    (copied / VOCABULARY).write_text(spoilt, encoding="utf-8")
    with pytest.raises(Damaged, match=r"vocabulary .*vocab\.json"):
        ClipTokenizer.of(text_pipeline(copied))


@pytest.mark.parametrize("spoilt", ["one", "one two three", "one ", " two"])
def test_a_line_of_the_merges_that_is_no_pair_is_named(copied: Path, spoilt: str) -> None:
    (copied / MERGES).write_text(f"#version: 0.2\na b\n{spoilt}\n", encoding="utf-8")
    with pytest.raises(Damaged, match=r"merges\.txt are damaged: line 3"):
        ClipTokenizer.of(text_pipeline(copied))


def test_merges_of_another_vocabulary_are_refused(copied: Path) -> None:
    (copied / MERGES).write_text("#version: 0.2\nqqqq zzzz</w>\n", encoding="utf-8")
    with pytest.raises(Damaged, match=r"merges\.txt doesn't belong to its vocabulary"):
        ClipTokenizer.of(text_pipeline(copied))


def test_bytes_that_are_no_text_are_refused(copied: Path) -> None:
    (copied / MERGES).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(Damaged, match=r"merges\.txt can't be read"):
        ClipTokenizer.of(text_pipeline(copied))


def test_a_pair_of_number_signs_is_no_heading(copied: Path) -> None:
    vocabulary = {**VOCABULARY_OF_FIXTURES, "#version:</w>": len(VOCABULARY_OF_FIXTURES)}
    vocabulary |= {piece: len(vocabulary) + k for k, piece in enumerate(("##", "###</w>")) if piece not in vocabulary}
    (copied / VOCABULARY).write_text(json.dumps(vocabulary), encoding="utf-8")
    (copied / MERGES).write_text("#version: 0.2\r\n# #\r\n## #</w>\r\n", encoding="utf-8")
    made = ClipTokenizer.of(text_pipeline(copied))
    assert content(made.tokens("###")) == [vocabulary["###</w>"]]


def test_a_token_that_the_vocabulary_lacks_is_told(copied: Path) -> None:
    with pytest.raises(Damaged, match="there is no token 999999"):
        ClipTokenizer.of(text_pipeline(copied, end=999_999))


def test_an_encoder_without_room_is_refused() -> None:
    with pytest.raises(Damaged, match="no room for a word"):
        ClipTokenizer.of(text_pipeline(tokens=2))


def test_an_encoder_of_another_length_cuts_there() -> None:
    tokens = ClipTokenizer.of(text_pipeline(tokens=8)).tokens("a cat a cat a cat a cat")
    assert (tokens.ids.shape, tokens.kept, tokens.left_out) == ((8,), "a cat a cat a cat ", "a cat")
