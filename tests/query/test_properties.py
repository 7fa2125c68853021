"""What holds for any sentence whatever."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.query import Part, Query, parse
from indexer.query import vocabulary as v

TODAY = date(2026, 11, 24)

# Words that mean something to the grammar, thrown together, find more than random letters do.
LOADED = sorted(
    {
        *v.MONTHS, *v.SEASONS, *v.WEEKDAYS, *v.UNITS, *v.NUMBERS, *v.LAST, *v.THIS, *v.WITHIN, *v.AFTER_DATE, *v.OF,
        *v.THIRDS, *v.INSIDE, *v.LARGER, *v.MORE, *v.LESS, *v.ANY_FILES, *v.FILE_VERBS, *v.FILLERS, *v.KNOWN_FOLDERS,
        "photos", "photo", "pdf", "pdfs", "slides", "notes", "word documents", "emails", "songs", "the", "to", "and",
        "not", "without", "between", "than", "ago", "2019", "2024", "1984", "9999", "3", "31", "29", "q3", "h1", "'24",
        "90s", "2024-03-15", "2024-02-30", "12.05.2024", "04/05/06", "31/12/2024", "2019-2021", "5", "mb", "20MB",
        ">1gb", "<", "ext:pdf", "ext:", "in:downloads", 'in:"a b"', "kind:photo", "name:x*", "size:>5mb",
        "before:2020", "after:may", "-draft", '-"first draft"', '"heat pump"', '"', "-", "--x", "*.docx", "*", "heat",
        "Anna", "pump,", "(2019)", "anna's", "yesterday's", "early", "mid-march", "christmas", "eve", "weekend", "day",
        "0001-01-01", "999", "decades", "older", "earlier", "first", "quarter", "half", "c++", "🦊", "\ud800", "\x00",
    }
)  # fmt: skip
SENTENCES = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=st.characters(codec="ascii"), max_size=60),
    st.lists(st.sampled_from(LOADED), max_size=12).map(" ".join),
)
DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2120, 12, 31))
MANY = settings(max_examples=600, deadline=None)


def read(sentence: str, today: date = TODAY) -> Query:
    return parse(sentence, today=today, is_folder=lambda name: len(name) % 2 == 0)


@MANY
@given(SENTENCES, DAYS, st.integers(0, 6))
def test_any_string_is_a_sentence(sentence: str, today: date, week_start: int) -> None:
    query = parse(sentence, today=today, week_start=week_start)
    assert query.sentence == sentence
    assert query.as_dict()["text"] == query.text.casefold()


@MANY
@given(SENTENCES)
def test_every_chip_is_a_part_of_the_sentence_and_none_overlap(sentence: str) -> None:
    last = 0
    for chip in read(sentence).chips():
        assert last <= chip.start < chip.end <= len(sentence)
        assert chip.label
        last = chip.end


@MANY
@given(SENTENCES)
def test_the_text_is_made_of_words_of_the_sentence_in_their_order(sentence: str) -> None:
    at = 0
    for word in read(sentence).text.split():
        at = sentence.index(word, at) + len(word)


@MANY
@given(SENTENCES, DAYS)
def test_a_period_is_never_empty(sentence: str, today: date) -> None:
    query = read(sentence, today)
    if query.after and query.before:
        assert query.after < query.before


@MANY
@given(SENTENCES)
def test_what_is_not_understood_is_not_lost(sentence: str) -> None:
    query = read(sentence)
    if not query.chips():
        assert query.text.split() == query.whole.split()
        assert query.kind_filter is None
        assert (query.after, query.before, query.folder, query.name) == (None, None, None, None)


@MANY
@given(st.lists(st.sampled_from([word for word in LOADED if '"' not in word]), min_size=1, max_size=12).map(" ".join))
def test_a_sentence_in_quotes_has_no_filter_but_the_phrase(sentence: str) -> None:
    query = read(f'"{sentence}"')
    phrase = " ".join(sentence.split())
    assert query.phrases == ((phrase,) if phrase else ())
    assert all(chip.part is Part.PHRASE for chip in query.chips())
    assert query.text == ""


@MANY
@given(SENTENCES)
def test_a_sentence_with_all_chips_taken_back_has_no_filter(sentence: str) -> None:
    query = read(sentence)
    plain = [(chip.start, chip.end) for chip in query.chips()]
    again = parse(sentence, today=TODAY, is_folder=lambda name: len(name) % 2 == 0, plain=[*plain, (0, len(sentence))])
    assert [chip for chip in again.chips() if chip.part is not Part.OFFER] == []
    assert again.excluded == again.phrases == again.kinds == ()


@MANY
@given(SENTENCES)
def test_without_its_filters_a_query_hides_nothing(sentence: str) -> None:
    query = read(sentence)
    free = query.without_filters()
    assert free.kind_filter is None
    assert (free.after, free.before, free.size_min, free.size_max) == (None, None, None, None)
    assert (free.folder, free.name, free.extension) == (None, None, None)
    assert free.phrases == query.phrases
    assert set(free.excluded) <= set(query.excluded)
    assert all(word in free.text for word in query.text.split())
    assert len(free.text.split()) >= len(query.text.split())


@MANY
@given(SENTENCES)
def test_the_text_of_a_query_reads_as_no_sign(sentence: str) -> None:
    """The text is not always read again as it was ("photos 2019 from rome" may leave "rome"), but signs are gone."""
    again = read(read(sentence).text)
    assert again.phrases == ()
    assert again.dashed == ()


@MANY
@given(SENTENCES)
def test_taking_back_one_chip_keeps_its_words(sentence: str) -> None:
    query = read(sentence)
    for chip in query.chips():
        if chip.part is Part.OFFER:
            continue
        again = parse(sentence, today=TODAY, is_folder=lambda name: len(name) % 2 == 0, plain=[(chip.start, chip.end)])
        assert all((other.start, other.end) != (chip.start, chip.end) for other in again.chips())
