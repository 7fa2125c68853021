"""Thunar's list of actions: ours go in and out, and not a byte of anybody else's changes."""

from __future__ import annotations

from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from installer.shell import uca
from tests.installer.shell.conftest import STANDARD

OURS = tuple(
    f"<action>\n\t<name>{name}</name>\n\t<unique-id>homespun-{name}</unique-id>\n</action>" for name in ("erase", "two")
)


def is_ours(unique_id: str) -> bool:
    return unique_id in ("homespun-erase", "homespun-two")


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = st.text("ab <>&\"'%]é漢\U0001f980", max_size=8)
BLANK = st.text(" \t\n", max_size=4)
COMMENT = st.builds(lambda text: f"<!--{text.replace('-', '')}-->", LETTERS)


@st.composite
def element(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["name", "command", "patterns", "unique-id", "range", "something-new", "icon"]))
    attribute = draw(st.sampled_from(["", ' xml:lang="de"', " a='>'", ' b="&gt; &quot;"']))
    inner = draw(
        st.one_of(LETTERS.map(escape), st.builds(lambda text: f"<![CDATA[{text.replace(']', '')}]]>", LETTERS))
    )
    return draw(st.sampled_from([f"<{name}{attribute}>{inner}</{name}>", f"<{name}{attribute}/>", f"<{name} />"]))


@st.composite
def action(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.one_of(element(), COMMENT, BLANK), max_size=6))
    begin, end = draw(st.sampled_from(["", " ", " x='1'"])), draw(st.sampled_from(["", " "]))
    return f"<action{begin}>{''.join(parts)}</action{end}>"


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="UTF-8"?>\n', '<?xml version="1.0"?><!-- x -->']))
    if draw(st.integers(0, 9)) == 0:
        attribute = draw(st.sampled_from(["", " ", " a='>'"]))
        return f"{head}<actions{attribute}/>\n".encode()
    parts = draw(st.lists(st.one_of(action(), COMMENT, BLANK, st.just("<other><action/></other>")), max_size=6))
    tail = draw(st.sampled_from(["", "\n", "<!-- end -->\n"]))
    return f"{head}<actions>{''.join(parts)}</actions>{tail}".encode()


def foreign(content: bytes) -> list[bytes]:
    return [content[one.begin : one.end] for one in uca.read(content).actions if not is_ours(one.id)]


@QUICK
@given(lists())
def test_taking_out_what_was_put_in_gives_the_list_to_the_byte(content: bytes) -> None:
    new = uca.merged(content, is_ours, OURS)

    back = uca.without(new, is_ours)

    if uca.read(content).close >= 0 and content[uca.read(content).close :][:2] == b"</":
        assert back == content
    else:
        assert uca.read(back).actions == []  # one empty tag has become two


@QUICK
@given(lists())
def test_the_actions_of_others_stay_all_of_them_in_their_order(content: bytes) -> None:
    new = uca.merged(content, is_ours, OURS)

    assert foreign(new) == foreign(content)
    assert [one.id for one in uca.read(new).actions if is_ours(one.id)] == ["homespun-erase", "homespun-two"]
    assert ET.fromstring(new).tag == "actions"


@QUICK
@given(lists(), st.integers(0, 5))
def test_putting_them_in_twice_is_once_wherever_they_have_moved_to(content: bytes, place: int) -> None:
    once = uca.merged(content, is_ours, OURS)
    assert uca.merged(once, is_ours, OURS) == once

    at = ([one.begin for one in uca.read(content).actions] + [uca.read(content).close])[: place + 1][-1]
    if content[at : at + 1] == b"<" and content[uca.read(content).close :][:2] == b"</":
        moved = content[:at] + f"{OURS[0]}\n{OURS[1]}\n".encode() + content[at:]
        assert uca.merged(moved, is_ours, OURS) == moved


@QUICK
@given(lists())
def test_a_changed_entry_of_ours_is_renewed_in_its_place(content: bytes) -> None:
    once = uca.merged(content, is_ours, OURS)
    changed = once.replace(b"<name>erase</name>", b"<name>mine now</name>\n\n")

    assert uca.merged(changed, is_ours, OURS) == once


@QUICK
@given(st.binary(max_size=60))
def test_no_bytes_at_all_make_the_reader_fail_in_another_way(content: bytes) -> None:
    for wild in (content, STANDARD[:200] + content, STANDARD[:-20] + content + STANDARD[-20:]):
        try:
            uca.read(wild)
        except uca.Malformed:
            continue


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<actions>",
        b"<actions><action></actions>",
        b"<other/>",
        b"<actions/><actions/>",
        STANDARD.replace(b"UTF-8", b"UTF-16"),
        '<?xml version="1.0" encoding="ISO-8859-1"?><actions><!-- é --></actions>'.encode("latin-1"),
        b"\xff\xfe<\x00a\x00",
        b'<!DOCTYPE actions [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><actions>&b;</actions>',
        b"<actions>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</actions>",
    ],
    ids=range(10),
)
def test_what_is_no_list_of_actions_is_called_malformed(content: bytes) -> None:
    with pytest.raises(uca.Malformed):
        uca.read(content)


def test_an_entry_in_a_comment_or_deeper_down_is_nobodys() -> None:
    content = f"<actions><!-- {OURS[0]} --><group>{OURS[1]}</group></actions>".encode()
    assert uca.read(content).actions == []
    assert uca.without(content, is_ours) == content
