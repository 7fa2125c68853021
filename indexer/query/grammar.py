"""The grammar: which words of a sentence are filters, and which are what is searched for.

A filter is taken only with evidence on both sides; what isn't certain stays a word (search.md §10).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from indexer.query import vocabulary as v
from indexer.query.fields import Filters
from indexer.query.leftover import Leftover, back_over
from indexer.query.nouns import Named, named_at
from indexer.query.periods import Period, Periods
from indexer.query.relative import Times
from indexer.query.sizes import Size, Sizes
from indexer.query.tokens import Sort, Token
from indexer.query.when import Need, ambiguous_date

LONGEST = 32
"""Words: a longer sentence is a text to find more of; only signs and operators filter it."""

OLDEST_FILES = 1990  # "europe since 1945" is no filter
OLDEST_FROM = 1970  # "letter from 1987" may be
_LONGEST_FOLDER = 4
_MOST_BEFORE_KIND = 6
_ERA = 1_000  # days: a longer time than that is a style


def _titles() -> dict[str, list[tuple[str, ...]]]:
    titles: dict[str, list[tuple[str, ...]]] = {}
    for line in filter(None, v.TITLES.split("\n")):
        keys = tuple(line.split())
        titles.setdefault(keys[0], []).append(keys)
    return titles


_TITLES = _titles()
_CALENDAR_WORDS = frozenset((*v.MONTHS, *v.SEASONS, *v.WEEKDAYS, *v.UNITS, *(name.split()[0] for name in v.FEASTS)))


@dataclass(frozen=True, slots=True)
class Place:
    """A folder named in words `start` until before `end`."""

    start: int
    end: int
    name: str


class Grammar:
    """One sentence on its way: reads `tokens` into `filters` and marks the tokens it used up in `used`."""

    def __init__(
        self, tokens: list[Token], filters: Filters, today: date, is_folder: Callable[[str], bool], week_start: int
    ) -> None:
        self.tokens = tokens
        self.filters = filters
        self.today = today
        self.is_folder = is_folder
        self.count = len(tokens)
        self.used = [token.sort is not Sort.WORD for token in tokens]
        self.keys = [token.key for token in tokens]
        self._lock_titles()
        self.head = self._after_leads()
        self.named: Named | None = None
        self.filtered = False
        self.periods: dict[int, Period] = {}
        self.sizes: dict[int, Size] = {}
        self.nouns: dict[int, Named] = {}
        self._week_start = week_start

    # what is there

    def _lock_titles(self) -> None:
        """Words of a known title are no filters."""
        for i, key in enumerate(self.keys):
            for title in _TITLES.get(key, ()):
                if tuple(self.keys[i : i + len(title)]) == title:
                    self.keys[i : i + len(title)] = [""] * len(title)
                    break

    def _after_leads(self) -> int:
        i = 0
        while i < self.count and self.keys[i] in v.LEADS:
            i += 1
        return i

    def _asks_about_a_topic(self) -> bool:
        words = [(token.key, token.owns) for token in self.tokens[:2] if token.sort is Sort.WORD]
        if not words:
            return True
        first, owns = words[0]
        return first in v.TOPIC_QUESTIONS or (
            first == "what" and (owns or (len(words) > 1 and words[1][0] in v.TOPIC_WHAT))
        )

    def read(self) -> None:
        """Take every filter that the sentence is certain about."""
        if self.count > LONGEST or self._asks_about_a_topic():
            return
        self._find_candidates()
        if self.periods or self.sizes or self.nouns:
            self._take_kind(sure=True)
            self._take_sizes()
            self._take_periods()
        self._take_folders()
        self._take_exclusions()
        self._take_kind(sure=False)
        self._leave_out_kinds()

    def _find_candidates(self) -> None:
        commas = frozenset(i for i, token in enumerate(self.tokens) if token.closed and token.text.endswith(","))
        periods = Periods(Times(self.keys, self.today, self._week_start))
        sizes = Sizes(self.keys)
        i = 0
        while i < self.count:
            if not self.keys[i]:
                i += 1
                continue
            size = sizes.at(i)
            period = None if size else periods.at(i)
            named = None if size or period else named_at(self.keys, i, commas)
            if size:
                self.sizes[i] = size
            if period and self._unowned(period):
                self.periods[i] = period
            if named:
                self.nouns[i] = named
            found = size or period or named
            i = found.end if found else i + 1

    def _unowned(self, period: Period) -> bool:
        """Whether no possessive cuts the period ("Monday's child in May"); at its very end one may stand."""
        inner = range(period.start, period.end - 1)
        return not any(self.tokens[i].owns and self.keys[i] not in ("new", "year", "valentine") for i in inner)

    # boundaries

    def _ends(self, j: int, *, after: Collection[str] = v.AFTER_DATE) -> bool:
        """Whether what stands before token `j` may end there."""
        if j >= self.count or self.tokens[j - 1].closed or self.used[j]:
            return True
        return self.keys[j] in after or j in self.periods or j in self.sizes

    def _content(self, i: int) -> bool:
        """Whether token `i` says something: no stop word, or a filter."""
        if i < 0:
            return False
        return self.used[i] or not self.keys[i] or self.keys[i] not in v.STOP_WORDS

    def _something_before(self, i: int) -> bool:
        return any(self._content(k) and self.keys[k] not in v.FILE_VERBS for k in range(self.head, i))

    def _files_before(self, i: int) -> bool:
        """Whether a noun for files stands right before token `i` (or "files I saved")."""
        j = back_over(self.keys, i)
        if j > 0 and self.keys[j - 1] in v.ANY_FILES:
            return True
        return any(named.end == j and self._may_ask(named) for named in self.nouns.values())

    def _for_files(self, i: int) -> bool:
        """Whether the sentence has asked for files before token `i`."""
        if self.named and self.named.start < i:
            return True
        opening = self.head < i and self.keys[self.head] in v.ANY_FILES
        return opening or self._files_before(i)

    # kinds

    def _may_ask(self, named: Named) -> bool:
        """Whether the words before a noun leave it free to ask for files."""
        noun = named.nouns[-1]
        if named.end < self.count and self.keys[named.end] in noun.not_before:
            return False
        start = named.start
        for period in self.periods.values():
            if period.end == start and not period.preposition:
                start = period.start
        if start == self.head:
            return True
        if not (noun.tail if named.many else noun.inner) or start - self.head > _MOST_BEFORE_KIND:
            return False
        before = self.tokens[start - 1]
        if before.key in named.nouns[0].not_after or (before.closed and before.sort is Sort.WORD):
            return False
        return all(self._describes(i) for i in range(self.head, start))

    def _describes(self, i: int) -> bool:
        """Whether token `i` can stand before a noun that it describes ("wedding photos")."""
        key = self.keys[i]
        if key in v.TASK_VERBS:
            return False
        return self.used[i] or not key or key in ("and", "&") or key not in v.STOP_WORDS

    def _asks(self, named: Named, *, sure: bool) -> bool:
        """Whether what follows a noun shows that it asks for files; `sure`: without the help of other filters."""
        j, first = named.end, named.start == self.head
        noun = named.nouns[-1]
        if j >= self.count:
            return named.many and noun.tail
        if self.tokens[j - 1].closed:
            return named.many and (noun.tail or first)
        if self.used[j]:
            return named.many or first or noun.inner if not sure else named.many and noun.tail
        if not sure:
            return False
        key = self.keys[j]
        if j + 1 >= self.count:
            return self._opens(named)
        if key in v.KIND_CONNECTORS:
            return first or named.many or key in v.TOPIC_CONNECTORS
        if key in noun.before:
            return first or named.many
        if key in noun.many_before:
            return named.many
        if key.endswith("ed") and j + 1 in self.periods:  # "documents signed in March"
            return first or named.many
        if key in v.FILE_VERBS:
            return (first or named.many) and (j + 1 in self.periods or self.keys[j + 1] in ("by", "in", "at", "with"))
        if first and self._content(j) and self.keys[j + 1] in v.FILE_VERBS:  # "the pdf Anna sent me"
            return True
        return self._opens(named)

    def _opens(self, named: Named) -> bool:
        """Whether a plural opens a sentence in headwords ("photos rome 2019")."""
        noun = named.nouns[-1]
        rest = range(named.end, self.count)
        return (
            named.many
            and noun.opens
            and named.start == self.head
            and self._content(named.end)
            and bool(self.keys[named.end])
            and not any(self.keys[i] in v.ABOUT_PROGRAMS or self.keys[i] in v.TASK_VERBS for i in rest)
        )

    def _take_kind(self, *, sure: bool) -> None:
        if self.named or self.filters.kinds:
            return
        for named in self.nouns.values():
            free = not any(self.used[named.start : named.end])
            if free and self._may_ask(named) and self._asks(named, sure=sure):
                self.named = named
                self._use(named.start, named.end)
                self.filters.take_kind(named, *self._characters(named.start, named.end))
                return

    # times, sizes, folders, exclusions

    def _take_periods(self) -> None:
        for period in self.periods.values():
            if self._believes(period) and self.filters.take_dates(
                period.after, period.before, *self._characters(period.start, period.end)
            ):
                self._use(period.start, period.end)

    def _believes(self, period: Period) -> bool:
        i, j = period.start, period.end
        files = self._for_files(i)
        if not self._plausible(period, files=files):
            return False
        possessive = self.tokens[j - 1].owns
        before_kind = j in self.nouns and not period.preposition and self._may_ask(self.nouns[j]) and (
            self._asks(self.nouns[j], sure=True) or (self.nouns[j].many and self._ends(self.nouns[j].end))
        )  # fmt: skip
        if possessive or before_kind:
            return before_kind and period.need <= Need.MARKED
        if period.need is Need.NOTHING and not period.preposition:
            return not self._versioned(i)
        if not self._right_side(period, files=files) or self._goes_on(j):
            return False
        return self._left_side(period, files=files)

    def _goes_on(self, j: int) -> bool:
        """Whether a list of times goes on at token `j` ("2019, 2021 and 2023")."""
        if j >= self.count or not self.tokens[j - 1].closed:
            return False
        key = self.keys[j]
        return key in v.MONTHS or (len(key) == 4 and key.isdecimal())

    def _versioned(self, i: int) -> bool:
        return i > 0 and self.keys[i - 1] in v.VERSIONS

    def _right_side(self, period: Period, *, files: bool) -> bool:
        if files and period.preposition and period.need <= Need.MARKED and not period.weak:
            return True
        return self._ends(period.end, after=v.AFTER_WEAK_DATE if period.weak else v.AFTER_DATE)

    def _left_side(self, period: Period, *, files: bool) -> bool:
        i = period.start
        if period.files_too and not files:
            return False
        if not period.preposition:
            if period.need is Need.PREPOSITION:
                return False
            if self._files_before(i) or (i > 0 and self.keys[i - 1] in v.FILE_VERBS):
                return True
            if period.need is Need.MARKED:
                return self.named is not None and self.named.start < i and self._content(i - 1)
            return self._something_before(i) and self._content(i - 1)
        if not self._something_before(i):
            return period.need <= Need.MARKED and not period.weak and i == self.head
        if self.keys[i - 1] in v.SET_IN or (period.weak and self._doubtful(period, files=files)):
            return False
        return self._content(i - 1) or back_over(self.keys, i) < i

    def _doubtful(self, period: Period, *, files: bool) -> bool:
        """Months and weekdays that are people, or a time of the year as such."""
        before = self.keys[: period.start]
        if not files and (any(key in v.USUAL for key in before) or before[-1] in _CALENDAR_WORDS):
            return True
        mail = self.named is not None and self.named.labels == ("mail",)
        return mail and period.preposition == "from" and self.keys[period.end - 1] in v.NAMES_TOO

    def _plausible(self, period: Period, *, files: bool) -> bool:
        """Whether files may be of that time: not of the future, and not of a time before there were any."""
        after, before = period.after, period.before
        if after and after > self.today:
            return False
        if not after and before and (before - self.today).days > 1:
            return False
        if after and before and self._plays() and (before - after).days > _ERA:
            return False  # "songs from the 80s" are of that style, whenever they were saved
        oldest = OLDEST_FROM if period.preposition == "from" else OLDEST_FILES
        if files:
            oldest = OLDEST_FILES if self._plays() else 0
        return all(day.year >= oldest for day in (after, before) if day)

    def _plays(self) -> bool:
        """Whether the files asked for are sound or film."""
        return self.named is not None and any(label in ("audio", "video") for label in self.named.labels)

    def _take_sizes(self) -> None:
        for size in self.sizes.values():
            if not self._ends(size.end):
                continue
            start = size.start - (self.keys[size.start - 1] in v.OF_SIZE if size.start else 0)
            files = self._for_files(start) if size.firm else self._files_before(start)
            if files or (size.firm and (start == 0 or self._content(start - 1))):
                self.filters.take_size(size.least, size.most, *self._characters(start, size.end))
                self._use(start, size.end)

    def _take_folders(self) -> None:
        if self.filters.folder is not None:
            return
        for i in range(1, self.count - 1):
            if self.keys[i] in v.INSIDE and not self.used[i]:
                place = self._place(i)
                if place:
                    self.filters.take_folder(place.name, *self._characters(i, place.end))
                    self._use(i, place.end)
                    return

    def _place(self, i: int) -> Place | None:
        """The longest existing folder named after the preposition `i`."""
        article = self.keys[i + 1] in v.ARTICLES
        j = i + 1 + article
        for end in range(min(j + _LONGEST_FOLDER, self.count), j, -1):
            if any(self.used[k] for k in range(j, end)) or not self.tokens[end - 1].core[-1].isalnum():
                continue
            folder_word = end < self.count and self.keys[end] in v.FOLDER_WORDS
            if not self._ends(end + folder_word):
                continue
            start, stop = self.tokens[j].start, self.tokens[end - 1].start
            name = self.filters.sentence[start:stop] + self.tokens[end - 1].core
            name = name.strip("'\"“” ")
            if (folder_word or self._reads_as_place(i, j, end, article=article)) and self.is_folder(name):
                return Place(i, end + folder_word, name)
        return None

    def _reads_as_place(self, i: int, j: int, end: int, *, article: bool) -> bool:
        key, core = self.keys[j], self.tokens[j].core
        if not self._something_before(i) and not self.named:
            return False
        if not key or key in v.STOP_WORDS:
            return False
        others = [token.core[:1] for token in self.tokens[self.head : i] if token.key and token.key not in v.STOP_WORDS]
        written = core[:1].isupper() and not (others and all(letter.isupper() for letter in others))
        if any(sign in core for sign in "/\\~"):
            return True
        if self.keys[i] == "from" and not (key in v.KNOWN_FOLDERS and end == j + 1):
            return False
        if article and not written:
            return False
        if written or any(letter.isdigit() for letter in core) or self._opened_by_kind(i):
            return True
        return end > j + 1 or key not in v.COMMON_WORDS

    def _opened_by_kind(self, i: int) -> bool:
        """Whether the sentence is nothing but a noun for files before token `i`."""
        return any(named.start == self.head and named.end == i for named in self.nouns.values())

    def _take_exclusions(self) -> None:
        for i in range(1, self.count - 1):
            without, negated = self.keys[i] in v.WITHOUT, self.keys[i] in v.NOT
            if self.used[i] or self.used[i + 1] or not (without or negated):
                continue
            word = self.tokens[i + 1]
            key = self.keys[i + 1]
            if not key or not self._ends(i + 2) or not self._left_out(key, negated=negated) or word.owns:
                continue
            told = self.keys[self.head : self.head + 1] + self.keys[:1]
            if any(first in v.ARTICLES or first in v.TASK_VERBS for first in told):  # "a man without a past"
                return
            if self._content(i - 1) and not self.tokens[i - 1].closed:
                self.filters.take_exclusion(word.core, *self._characters(i, i + 2))
                self._use(i, i + 2)

    def _leave_out_kinds(self) -> None:
        """Photos not screenshots: the kinds that pass are fewer."""
        for i in range(1, self.count):
            left_out = (
                named_at([self.tokens[i].core.lower()], 0) if self.keys[i - 1] in v.NOT and self.used[i] else None
            )
            if left_out and self.filters.passes and self.filters.passes - left_out.passes:
                self.filters.passes -= left_out.passes

    def _left_out(self, key: str, *, negated: bool) -> bool:
        """Whether a word after "without" or "not" is a thing that can be left out."""
        if key in v.STOP_WORDS or not key[:1].isalpha() or key.endswith("ing"):
            return False
        if negated:
            return key not in v.NOT_LEFT_OUT and key not in v.TURNS_NOT and not key.endswith(("ed", "ly"))
        return key not in v.TURNS_WITHOUT

    # marks

    def _use(self, start: int, end: int) -> None:
        self.used[start:end] = [True] * (end - start)
        self.filtered = True

    def _characters(self, start: int, end: int) -> tuple[int, int]:
        last = self.tokens[end - 1]
        return self.tokens[start].start, last.start + last.text.rfind(last.core) + len(last.core)

    # what is left

    def left(self) -> Leftover:
        """The words that are no filters."""
        taken = [period.start for period in self.periods.values() if self.used[period.start]]
        return Leftover(self.tokens, self.keys, self.used, self.head, self.named, taken)

    def lone_year(self) -> int | None:
        """The one year that stands among the words, if any."""
        years = [int(key) for i, key in enumerate(self.keys) if not self.used[i] and len(key) == 4 and key.isdecimal()]
        likely = [year for year in years if OLDEST_FROM <= year <= self.today.year]
        return likely[0] if len(likely) == 1 else None

    def offers(self) -> list[Token]:
        """Dates in figures that could be read in two ways."""
        return [token for i, token in enumerate(self.tokens) if not self.used[i] and ambiguous_date(token.key)]
