"""A row of a list of files, in words: what a hit's facts and reasons say to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop.state.sizes import day_words
from desktop.words import language, say

Marks = tuple[tuple[int, int], ...]

ICONS: Mapping[str, str] = {
    "archive": "archive",
    "audio": "music",
    "code": "code",
    "csv": "table",
    "data": "code",
    "document": "text",
    "ebook": "text",
    "mail": "mail",
    "note": "text",
    "notebook": "code",
    "pdf": "pdf",
    "picture": "picture",
    "presentation": "slides",
    "screenshot": "picture",
    "spreadsheet": "table",
    "text": "text",
    "video": "film",
    "web": "link",
}
PICTURES = frozenset({"picture", "screenshot"})
PICTURED = PICTURES | {"pdf"}
"""Kinds of which a small picture says more than an icon."""

WORDED = frozenset(ICONS) - PICTURES - {"archive", "audio", "video"}
"""Kinds that hold sentences: what they say can be compared."""

KIND = {
    "archive": "palette.kind_archive",
    "audio": "palette.kind_audio",
    "code": "palette.kind_code",
    "csv": "palette.kind_csv",
    "data": "palette.kind_data",
    "document": "palette.kind_document",
    "ebook": "palette.kind_ebook",
    "mail": "palette.kind_mail",
    "note": "palette.kind_note",
    "notebook": "palette.kind_notebook",
    "other": "palette.kind_other",
    "pdf": "palette.kind_pdf",
    "picture": "palette.kind_picture",
    "presentation": "palette.kind_presentation",
    "screenshot": "palette.kind_screenshot",
    "spreadsheet": "palette.kind_spreadsheet",
    "text": "palette.kind_text",
    "video": "palette.kind_video",
    "web": "palette.kind_web",
}
"""Kind → the id of its word, which has a form for one and one for many."""

FOUND_BY = {
    "named": "palette.by_name",
    "name": "palette.by_name",
    "words": "palette.by_words",
    "stem": "palette.by_words",
    "meaning": "palette.by_meaning",
    "near": "palette.by_meaning",
    "kind": "palette.by_kind",
    "date": "palette.by_date",
    "folder": "palette.by_folder",
}
_FITS = (("date", "palette.fits_date"), ("kind", "palette.fits_kind"), ("folder", "palette.fits_folder"))

BEFORE_MARK = 14
"""Characters of a snippet that are shown before its first mark: a row has room for about forty."""


@dataclass(frozen=True)
class Row:
    """A file, or something to do (`do`), as one row shows it. `marks` are half-open ranges of what was asked for."""

    title: str
    path: Path | None = None
    kind: str = "other"
    icon: str = "file"
    marks: Marks = ()
    detail: str = ""
    detail_marks: Marks = ()
    place: str = ""
    date: str = ""
    gone: bool = False
    do: str = ""
    moment: str = field(default="", compare=False)
    size: int = field(default=-1, compare=False)
    found_by: str = field(default="", compare=False)
    words: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """What tells this row from all others of a list."""
        return f"do {self.do}" if self.path is None else f"at {self.path}"

    @property
    def spoken(self) -> str:
        """What a screen reader says of it: name, kind, date, reason, folder."""
        kind = kind_words(self.kind) if self.path is not None else ""
        return ", ".join(part for part in (self.title, kind, self.date, self.detail, self.place) if part)

    @property
    def picture(self) -> bool:
        """Whether it is a picture that can be edited."""
        return self.path is not None and self.kind in PICTURES

    @property
    def pictured(self) -> bool:
        """Whether a small picture of it may be had."""
        return self.path is not None and self.kind in PICTURED and not self.gone


def row_of(hit: Mapping[str, Any], today: date) -> Row:
    """The row of a hit, as the search worker tells it."""
    kind = str(hit["kind"])
    why = [(str(sort), str(detail)) for sort, detail in hit["why"]]
    detail, marks = _detail(hit, kind, why)
    moment = str(hit["date"])
    row = Row(
        title=str(hit["name"]),
        path=Path(hit["path"]),
        kind=kind,
        icon=ICONS.get(kind, "file"),
        marks=_marks(hit["marks"]),
        detail=detail,
        detail_marks=marks,
        place=" › ".join(hit["folder"]),
        date=_short_date(moment, today, language()),
        moment=moment,
        size=int(hit["size"]),
        found_by=_found_by(tuple(sort for sort, _ in why), language()),
        words=tuple(word for sort, said in why if sort in ("words", "name") for word in said.split(", ")),
    )
    return gone(row) if hit["gone"] else row


def gone(row: Row) -> Row:
    """The row of a file that is not there any more."""
    return replace(row, gone=True, detail=say("palette.gone"), detail_marks=())


def todo(do: str, words: str, icon: str, detail: str = "") -> Row:
    """A row for something to do."""
    return Row(title=words, do=do, icon=icon, detail=detail)


def kind_words(kind: str, count: int = 1) -> str:
    """What files of a kind are called."""
    return _kind_words(kind, count, language())


# An answer has 200 rows, made between two keystrokes: words that are the same in many of them are looked up once.


@lru_cache(256)
def _kind_words(kind: str, count: int, _spoken: str) -> str:
    return say(KIND.get(kind, "palette.kind_other"), count=count)


@lru_cache(64)
def _said(name: str, _spoken: str) -> str:
    return say(name)


@lru_cache(1024)
def _short_date(moment: str, today: date, _spoken: str) -> str:
    return short_date(moment, today)


@lru_cache(256)
def _found_by(sorts: tuple[str, ...], _spoken: str) -> str:
    return ", ".join(dict.fromkeys(say(FOUND_BY[sort]) for sort in sorts if sort in FOUND_BY))


def short_date(moment: str, today: date) -> str:
    """A date for the end of a row: 14:02, Yesterday, 12 Jul, 12 Jul 2019; "" for what is none."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return ""
    day = then.date()
    if day == today:
        return f"{then:%H:%M}"
    if day == today - timedelta(days=1):
        return say("palette.yesterday")
    month = say("palette.months").split()[day.month - 1]
    if day.year == today.year:
        return say("palette.day", day=str(day.day), month=month)
    return say("palette.day_year", day=str(day.day), month=month, year=str(day.year))


def long_date(moment: str) -> str:
    """A date in full: 12 July 2026, 18:42; as it is where it can't be understood."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    words = day_words(then.date())
    return f"{words}, {then:%H:%M}" if len(moment) > len("2026-07-12") else words


def _detail(hit: Mapping[str, Any], kind: str, why: Sequence[tuple[str, str]]) -> tuple[str, Marks]:
    """The reason in the second line: the words in place where there are some, else what fits."""
    sorts = {sort for sort, _ in why}
    snippet, marks = str(hit["snippet"]), _marks(hit["snippet_marks"])
    if not why:
        return kind_words(kind), ()
    if snippet and kind in WORDED and (marks or "meaning" in sorts):
        return _quoted(snippet, marks)
    if "meaning" in sorts:
        return _said("palette.fits_meaning", language()), ()
    if "near" in sorts and not sorts & {"date", "kind", "folder"}:
        return _said("palette.fits_near", language()), ()
    fitting = next((words for sort, words in _FITS if sort in sorts), "")
    return (_said(fitting, language()) if fitting else kind_words(kind)), ()


def _quoted(snippet: str, marks: Marks) -> tuple[str, Marks]:
    """The snippet from a little before its first mark, in quotation marks."""
    start = max(0, marks[0][0] - BEFORE_MARK) if marks else 0
    if start:
        space = snippet.find(" ", start, marks[0][0])
        start = space + 1 if space >= 0 else start
    part = ("… " if start and not snippet[start:].startswith("…") else "") + snippet[start : start + 160]
    shift = len(part) - len(snippet[start : start + 160]) - start
    before, after = _said("palette.quote", language()).split("{text}")
    words = f"{before}{part}{after}"
    shift += len(before)
    kept = tuple((one + shift, other + shift) for one, other in marks if one >= start and other + shift < len(words))
    return words, kept


def _marks(told: Sequence[Sequence[int]]) -> Marks:
    return tuple((int(start), int(stop)) for start, stop in told)
