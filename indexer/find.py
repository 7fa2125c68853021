"""A sentence → hits. Keywords answer first, meaning joins; every hit carries its reasons."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np

from indexer import rank
from indexer.answer import Answer
from indexer.asked import MOST_WORDS, filter_of, last_word, loosened, meant_by, repeated, softened
from indexer.hits import Describer, Evidence, local_time
from indexer.meaning import PASSAGES, Meaning
from indexer.query import parse
from indexer.repair import repair
from indexer.snippets import words_to_find
from indexer.store import Filter, Store
from indexer.vectors import Vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from engines.text import Encoder
    from indexer.answer import Hit
    from indexer.query import Query
    from indexer.store import FileHit, Found
    from indexer.vectors import Near

DEPTH = 300
"""Contents of each list that are fused (search.md §6: 100 lost 0.027 on CACM, more gains nothing)."""

FEEDBACK = 3
DEEPER = 0.05
"""What a passage loses for standing deep in a text: a long file has many, and its best one is often near by chance. With
all 31,700 passages of the known items, MRR rises by it from 0.594 to 0.645 (`benchmarks search --only known`)."""

FEW = 3
"""Under so many filtered hits, unfiltered ones are shown below: a wrong filter must never hide the file."""

_FEW_WORDS = 2

_YEAR = 0.2
"""Bonus of a file from the year that a sentence names."""
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class Ranked:
    """Contents, best first, with what speaks for each (same positions in all fields)."""

    contents: NDArray[np.int64]
    scores: NDArray[np.float32]
    keyword: NDArray[np.float32]
    meaning: NDArray[np.float32]
    passages: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        contents: NDArray[np.int64],
        scores: NDArray[np.float32],
        keyword: NDArray[np.float32],
        meaning: NDArray[np.float32] | None = None,
        passages: NDArray[np.int64] | None = None,
    ) -> Ranked:
        """In the order of `scores`; without `meaning` nothing has a vector."""
        if meaning is None or passages is None:
            meaning = np.full(len(contents), -np.inf, np.float32)
            passages = np.full(len(contents), -1, np.int64)
        best = rank.order(scores)
        return cls(contents[best], scores[best], keyword[best], meaning[best], passages[best])


@dataclass(frozen=True)
class Options:
    """The switches of the settings file that change answers."""

    typo_repair: bool = True
    dense_feedback: bool = True
    recency: bool = True


class Searcher:
    """Warm search over one index: keeps the vectors and the sentence encoder at hand. Not for sharing between threads."""

    def __init__(
        self, store: Store, cache: Path | None, encoder: Callable[[], Encoder], options: Options | None = None
    ) -> None:
        self._store = store
        self._cache = cache
        self._load_encoder = encoder
        self._encoder: Encoder | None = None
        self._vectors: Vectors | None = None
        self._options = options or Options()
        self._seen = -1
        self._asked: tuple[object, Found] | None = None
        self._names: tuple[object, list[FileHit], list[FileHit]] | None = None
        self._meaning = Meaning()
        self._typed = ""

    def search(self, sentence: str, *, limit: int = 20, today: date | None = None) -> Answer:
        """The complete answer to a sentence: at most `limit` hits, one a file, best first."""
        with self._store.telling_damage():
            *_, answer = self._stages(sentence, limit, today, complete_only=True)
        return answer

    def stages(
        self,
        sentence: str,
        *,
        limit: int = 20,
        first: int | None = None,
        today: date | None = None,
        plain: Collection[tuple[int, int]] = (),
        typing: bool = False,
        quoted: int | None = None,
        first_quoted: int | None = None,
        check: Callable[[], None] = lambda: None,
        below: bytes | None = None,
    ) -> Iterator[Answer]:
        """The answer by keywords (at most `first` hits), then the complete one. `took_ms` of each counts from the call.

        The first `quoted` hits have a snippet, for which their text is read (None = all); of the answer by keywords, the
        first `first_quoted`. `check` is called for each hit, and may raise to stop. `plain` is as `understood` takes it.
        `below` is the folder that alone is searched, by its exact path (None = everything).
        With `typing` the sentence's last word may be the beginning of one, and nothing takes the processor from the answer
        by keywords: what the sentence means is worked out once that is taken.
        """
        with self._store.telling_damage():
            yield from self._stages(
                sentence,
                limit,
                today,
                complete_only=False,
                plain=plain,
                first=first,
                typing=typing,
                quoted=quoted,
                first_quoted=first_quoted,
                check=check,
                below=below,
            )

    @property
    def store(self) -> Store:
        """The index that is searched."""
        return self._store

    def understood(
        self,
        sentence: str,
        *,
        today: date | None = None,
        plain: Collection[tuple[int, int]] = (),
        below: bytes | None = None,
    ) -> Query:
        """What the sentence asks of this index, or of the folder `below` alone.

        `plain` are its ranges that are words whatever they say: the chips that a person took back.
        """
        # SQLite and the encoder take only what can be written as UTF-8.
        sentence = sentence.encode("utf-8", "replace").decode().replace("\0", " ")
        day = today or datetime.now().astimezone().date()
        return replace(parse(sentence, today=day, is_folder=self._store.ask.is_folder, plain=plain), below=below)

    def vectors(self) -> Vectors | None:
        """The vectors of the index as they are now; None while there are none."""
        return self._vectors if self._ready() else None

    def vector_of(self, text: str) -> NDArray[np.float32]:
        """The vector float32 [d] of a text; the first call loads the encoder."""
        found = self._meaning.found()
        return found.vector if found is not None and found.text == text else self._model().encode_one(text)

    def _stages(
        self,
        sentence: str,
        limit: int,
        today: date | None,
        *,
        complete_only: bool,
        plain: Collection[tuple[int, int]] = (),
        first: int | None = None,
        typing: bool = False,
        quoted: int | None = None,
        first_quoted: int | None = None,
        check: Callable[[], None] = lambda: None,
        below: bytes | None = None,
    ) -> Iterator[Answer]:
        started = time.perf_counter()
        self._meaning.drop()
        query = self.understood(sentence, today=today, plain=plain, below=below)
        self._typed = last_word(query) if typing and not sentence[-1:].isspace() else ""
        query, repaired = self._repaired(query)

        ranking = softened(query)
        words = words_to_find(ranking.words[:MOST_WORDS], ranking.phrases)
        describer = Describer(self._store, ranking, words)

        def answer(*, meaning: bool) -> Answer:
            most = limit if meaning or first is None else min(first, limit)
            some = quoted if meaning or first_quoted is None else first_quoted
            hits: list[Hit] = []
            for one, title, outside in self._found(ranking, most, meaning=meaning):
                check()
                quote = some is None or len(hits) < some
                hits.append(describer.hit(one, title, outside=outside, quote=quote))
            took = (time.perf_counter() - started) * 1000
            unfinished = self._store.unfinished()
            return Answer(query.sentence, query.as_dict(), tuple(hits), round(took, 2), repaired, unfinished)

        ready = self._ready()
        # An encoder that is not loaded yet must not hold up the answer by keywords.
        loaded = complete_only or self._encoder is not None
        meant = meant_by(ranking) if ready and loaded else ""

        def begin() -> None:
            if meant and self._vectors is not None:
                self._meaning.begin(meant, self._model(), self._vectors)

        if not typing:
            begin()
        if not (ready and complete_only):
            yield answer(meaning=False)
        if ready:
            if typing:
                begin()
                self._look_ahead(describer, quoted, check)
            self._meaning.wait(check)
            yield answer(meaning=True)

    def _look_ahead(self, describer: Describer, quoted: int | None, check: Callable[[], None]) -> None:
        """Read the texts that the complete answer will most likely quote, while it is worked out what the sentence means."""
        found = self._asked[1].contents[:quoted] if self._asked is not None else ()
        for content in found:
            if not self._meaning.coming():
                return
            check()
            describer.read(int(content))

    # the parts of a query

    def _repaired(self, query: Query) -> tuple[Query, dict[str, str]]:
        if not self._options.typo_repair or not query.words:
            return query, {}
        ask = self._store.ask
        words = [word for word in query.words[:MOST_WORDS] if not (word == self._typed and ask.begins(word))]
        fixed = repair(words, ask, ask.total("content"), is_word=self._is_word)
        return (query.with_words(fixed), fixed) if fixed else (query, {})

    def _is_word(self, word: str) -> bool:
        """Whether the encoder knows the word whole: asked only of words that the index doesn't hold."""
        return self._model().knows(word)

    def _vector_of(self, query: Query) -> NDArray[np.float32] | None:
        meant = meant_by(query)
        return self.vector_of(meant) if meant else None

    def _near(self, vectors: Vectors, vector: NDArray[np.float32], allowed: NDArray[np.int64] | None) -> Near:
        """The passages near `vector`, of the contents that are allowed (None: of all)."""
        if allowed is None and (found := self._meaning.found()) is not None and found.vector is vector:
            return found.near
        return vectors.search(vector, k=PASSAGES, contents=allowed)

    def _model(self) -> Encoder:
        if self._encoder is None:
            self._encoder = self._load_encoder()
        return self._encoder

    def _ready(self) -> bool:
        """Bring the vectors up to what the store holds; whether there are any."""
        version = self._store.version()
        if self._vectors is None:
            if self._store.vectors.quantizer is None:
                return False
            self._vectors = Vectors.open(self._cache, self._store.vectors)
        elif version != self._seen:
            self._meaning.settle()
            self._vectors.refresh()
        self._seen = version
        return len(self._vectors) > 0

    # ranking

    def _rank(self, query: Query, vector: NDArray[np.float32] | None, where: Filter | None) -> Ranked:
        """Both lists fused."""
        ask = self._store.ask
        said = repeated(query)
        asked = (tuple(said), self._typed, query.phrases, query.excluded, where, self._store.version())
        if self._asked is None or self._asked[0] != asked:  # the complete answer follows the one by keywords
            found = ask.keywords(
                said,
                beginning=self._typed if self._typed in query.words else "",
                phrases=query.phrases,
                excluded=query.excluded,
                where=where,
                limit=DEPTH,
            )
            self._asked = (asked, found)
        found = self._asked[1]
        if vector is None or self._vectors is None:
            return Ranked.of(found.contents, found.scores, found.scores)
        near = self._near(self._vectors, vector, self._allowed(query, where))
        _, first = np.unique(near.contents, return_index=True)
        nearest = near.contents[np.sort(first)][:DEPTH]
        contents = np.concatenate((found.contents, nearest[~np.isin(nearest, found.contents)]))
        if not len(contents):
            return Ranked.of(found.contents, found.scores, found.scores)
        keyword = np.zeros(len(contents), np.float32)
        keyword[: len(found.scores)] = found.scores
        group = self._vectors.group(contents)
        meaning, passages = group.best(vector, deeper=DEEPER)
        scores = rank.fuse(keyword, meaning, words=len(query.words))
        if self._options.dense_feedback:
            best = rank.order(scores)[:FEEDBACK]
            moved = rank.feedback(vector, group.of(passages[best]))
            scores = rank.fuse(keyword, group.best(moved, deeper=DEEPER)[0], words=len(query.words))
        return Ranked.of(contents, scores, keyword, meaning, passages)

    def _allowed(self, query: Query, where: Filter | None) -> NDArray[np.int64] | None:
        """The contents that meaning may find, sorted; None for all."""
        ask = self._store.ask
        allowed = ask.passing(where) if where else None
        if query.phrases:
            holding = ask.holding(query.phrases)
            allowed = holding if allowed is None else np.intersect1d(allowed, holding)
        if query.excluded:
            allowed = ask.without(query.excluded, ask.passing(Filter()) if allowed is None else allowed)
        return allowed

    # hits

    def _found(self, query: Query, limit: int, *, meaning: bool) -> Iterator[tuple[Evidence, str, bool]]:
        """The files that pass filters and phrases, then others (True) if those are few; each with its title."""
        where = filter_of(query)
        evidence = self._evidence(query, self._vector_of(query) if meaning else None, where, limit)
        yield from self._titled(evidence, outside=False)
        free = loosened(query.without_filters())
        within = filter_of(free)
        if not (where != within or query.phrases) or len(evidence) >= FEW or limit <= len(evidence):
            return
        seen = {one.file.id for one in evidence}
        vector = self._vector_of(free) if meaning else None
        more = [one for one in self._evidence(free, vector, within, limit) if one.file.id not in seen]
        yield from self._titled(more[: limit - len(evidence)], outside=True)

    def _titled(self, evidence: list[Evidence], *, outside: bool) -> Iterator[tuple[Evidence, str, bool]]:
        titles = self._store.ask.titles([one.file.content for one in evidence])
        return ((one, titles.get(one.file.content, ""), outside) for one in evidence)

    def _evidence(
        self, query: Query, vector: NDArray[np.float32] | None, where: Filter | None, limit: int
    ) -> list[Evidence]:
        """The files that answer, best first: those of that very name, then the ranked, then names not read yet."""
        ask = self._store.ask
        if not query.words and not query.phrases:
            newest = ask.newest(where, limit) if where else []
            return [Evidence(file, 0.0, 0.0, -np.inf, -1) for file in newest]
        ranked = self._rank(query, vector, where)
        top = slice(0, limit + FEW)
        files: dict[int, list[FileHit]] = {}
        for file in ask.files(ranked.contents[top].tolist(), where):
            if file.passes:
                files.setdefault(file.content, []).append(file)
        bonus = self._recency(ranked.contents[top], files) + _of_year(query.year, ranked.contents[top], files)
        scored: list[Evidence] = []
        for place in rank.order(ranked.scores[top] + bonus):
            content = int(ranked.contents[place])
            score = float(ranked.scores[place] + bonus[place])
            facts = (float(ranked.keyword[place]), float(ranked.meaning[place]), int(ranked.passages[place]))
            scored += [Evidence(file, score, *facts) for file in files.get(content, ())]
        return self._with_names(query, scored, where)[:limit]

    def _recency(self, contents: NDArray[np.int64], files: dict[int, list[FileHit]]) -> NDArray[np.float32]:
        if not self._options.recency:
            return np.zeros(len(contents), np.float32)
        newest = [max((file.mtime for file in files.get(int(content), ())), default=0) for content in contents]
        return rank.recency(((time.time() - np.array(newest, np.float64)) / _SECONDS_A_DAY).astype(np.float32))

    def _with_names(self, query: Query, scored: list[Evidence], where: Filter | None) -> list[Evidence]:
        """A file whose name is the query comes first; names that wait to be read come last.

        One or two words may also be parts of words of a name (inv → Invoices.xlsx): those come after the best
        few.
        """
        ask = self._store.ask
        known = {one.file.id: one for one in scored}

        def add(files: list[FileHit], *, named: bool) -> list[Evidence]:
            inside = set(ask.passing_files([file.id for file in files], where)) if where else None
            kept = [file for file in files if inside is None or file.id in inside]
            return [_named(known.get(file.id), file, named=named) for file in kept]

        asked = (query.sentence, query.words, self._typed, self._store.version())
        if self._names is None or self._names[0] != asked:  # the complete answer follows the one by keywords
            whole = ask.named(query.sentence.strip())
            parts_of = ask.name_parts(query.words, waiting=len(query.words) > _FEW_WORDS)
            if self._typed and len(query.words) <= _FEW_WORDS:
                known_parts = {file.id for file in parts_of}
                begun = ask.names_beginning(query.sentence.strip())
                parts_of = [*(file for file in begun if file.id not in known_parts), *parts_of]
            self._names = (asked, whole, parts_of)
        exact = add(self._names[1], named=True)
        first = {one.file.id for one in exact}
        rest = [one for one in scored if one.file.id not in first]
        parts = add(self._names[2], named=False)
        parts = [one for one in parts if one.file.id not in first and not one.keyword > 0]
        by_part = {one.file.id for one in parts}
        rest = [one for one in rest if one.file.id not in by_part]
        place = FEW if len(query.words) <= _FEW_WORDS else len(rest)
        return exact + rest[:place] + parts + rest[place:]


def _of_year(year: int | None, contents: NDArray[np.int64], files: dict[int, list[FileHit]]) -> NDArray[np.float32]:
    """A bonus for files dated in a year that the sentence names, where that is no filter."""
    bonus = np.zeros(len(contents), np.float32)
    for place, content in enumerate(contents if year else ()):
        if any(local_time(file.dated).year == year for file in files.get(int(content), ())):
            bonus[place] = _YEAR
    return bonus


def _named(known: Evidence | None, file: FileHit, *, named: bool) -> Evidence:
    """The evidence for a file found by its name, with what else speaks for it."""
    if known is None:
        return Evidence(file, 0.0, 0.0, -np.inf, -1, named)
    return Evidence(file, known.score, known.keyword, known.meaning, known.passage, named)
