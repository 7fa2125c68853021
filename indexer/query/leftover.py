"""What is searched for once the filters are taken out of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.query import vocabulary as v
from indexer.query.nouns import Named
from indexer.query.tokens import Sort, Token


def back_over(keys: Sequence[str], i: int) -> int:
    """The first token of "that I saved", "sent me" and the like that end before token `i`."""
    if i > 1 and keys[i - 1] in v.RECEIVERS and keys[i - 2] in v.FILE_VERBS:
        i -= 2
    while i > 0 and (keys[i - 1] in v.FILLERS or keys[i - 1] in v.FILE_VERBS):
        i -= 1
    return i


@dataclass(frozen=True)
class Leftover:
    """A sentence after the grammar: `used` tokens are filters, those before `head` only lead to the thing asked for.

    `named` is the kind that was taken, `periods` are the first tokens of the times that were.
    """

    tokens: Sequence[Token]
    keys: Sequence[str]
    used: Sequence[bool]
    head: int
    named: Named | None
    periods: Sequence[int]

    def all_words(self) -> str:
        """Every word that is no sign, as written."""
        return " ".join(token.text for token in self.tokens if token.sort is Sort.WORD)

    def text(self) -> str:
        """The words that are no filters, without those that only led to a filter, and without their punctuation."""
        dropped = self._dropped()
        kept: list[str] = []
        run: list[int] = []
        for i in range(len(self.tokens) + 1):
            if i < len(self.tokens) and not dropped[i]:
                run.append(i)
            else:
                kept += [self.tokens[k].core for k in self._trimmed(run)]
                run = []
        return " ".join(kept)

    def _dropped(self) -> list[bool]:
        count = len(self.tokens)
        dropped = [used or i < self.head for i, used in enumerate(self.used)]
        spans = [(back_over(self.keys, start), start) for start in self.periods]
        if self.named:
            spans.append((back_over(self.keys, count), count))
        for start, end in spans:
            dropped[start:end] = [True] * (end - start)
        self._drop_any_files(dropped)
        after = self.named.end if self.named else self.head + 1 if dropped[self.head : self.head + 1] == [True] else 0
        while after and after < count and (self.keys[after] in v.FILLERS or self.keys[after] in v.FILE_VERBS):
            dropped[after] = True
            after += 1
        if self.named:
            self._drop_connector(dropped, self.named.end)
        return dropped

    def _drop_any_files(self, dropped: list[bool]) -> None:
        """ "Files", "everything" at the head of the sentence or right before what is dropped."""
        for i in range(len(self.tokens) - 1, -1, -1):
            if self.keys[i] in v.ANY_FILES and (i == self.head or dropped[i + 1 : i + 2] == [True]):
                dropped[i] = True

    def _drop_connector(self, dropped: list[bool], start: int) -> None:
        """The first "about" after the kind, and the article after it."""
        for i in range(start, len(self.tokens)):
            if self.keys[i] in v.TOPIC_CONNECTORS and not dropped[i]:
                dropped[i] = True
                if i + 1 < len(self.tokens) and self.keys[i + 1] in v.ARTICLES:
                    dropped[i + 1] = True
                return

    def _trimmed(self, run: Sequence[int]) -> Sequence[int]:
        start, end = 0, len(run)
        while start < end and self.keys[run[start]] in v.EDGES:
            start += 1
        while end > start and self.keys[run[end - 1]] in v.EDGES:
            end -= 1
        return run[start:end]
