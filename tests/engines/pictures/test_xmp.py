"""The mark in XMP: added, replaced, and all else left as it stands."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.pictures import Edit, Mark
from engines.pictures.xmp import marked, source_type
from tests.engines.pictures.conftest import XMP

OLD = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
HEAD = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="uuid:7" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)
TAIL = "</rdf:RDF></x:xmpmeta>"


def test_without_xmp_a_new_packet_says_it_and_no_more() -> None:
    packet = marked(None, Edit.GENERATED)
    assert packet is not None
    assert source_type(packet) == "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
    ET.fromstring(packet.decode().replace("\ufeff", ""))


def test_beside_what_is_there_it_is_one_more_line() -> None:
    packet = marked(XMP, Edit.ENHANCED)
    assert packet is not None
    start = next(i for i, (one, other) in enumerate(zip(XMP, packet, strict=False)) if one != other)
    added = len(packet) - len(XMP)
    assert packet[:start] + packet[start + added :] == XMP
    assert source_type(packet) == Edit.ENHANCED.uri
    assert source_type(XMP) is None


@pytest.mark.parametrize(
    "text",
    [
        f'{HEAD} ext:DigitalSourceType="{OLD}"/>{TAIL}',
        f"{HEAD} ext:DigitalSourceType='{OLD}'/>{TAIL}",
        f"{HEAD}><ext:DigitalSourceType>{OLD}</ext:DigitalSourceType></rdf:Description>{TAIL}",
        f'{HEAD}><ext:DigitalSourceType rdf:resource="{OLD}"/></rdf:Description>{TAIL}',
    ],
)
def test_an_older_source_type_is_replaced_however_it_is_written(text: str) -> None:
    assert source_type(text.encode()) == OLD
    packet = marked(text.encode(), Edit.GENERATED)
    assert packet is not None
    assert packet.decode() == text.replace(OLD, Edit.GENERATED.uri)


def test_the_line_is_about_what_the_packet_is_about() -> None:
    packet = marked(f"{HEAD}/>{TAIL}".encode(), Edit.GENERATED)
    assert packet is not None
    about = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
    assert [found.get(about) for found in ET.fromstring(packet).iter() if found.get(about)] == ["uuid:7"] * 2


@pytest.mark.parametrize("packet", [b"\xff\xfe\x00\x01", b"no RDF at all", b"<x:xmpmeta/>"])
def test_a_packet_that_can_not_be_read_is_left_alone(packet: bytes) -> None:
    assert marked(packet, Edit.GENERATED) == packet


def test_padding_is_given_up_where_the_packet_would_be_too_long() -> None:
    padded = XMP.replace(b"<?xpacket end", b" " * 3000 + b"<?xpacket end")
    packet = marked(padded, Edit.GENERATED, limit=len(XMP) + 400)
    assert packet is not None
    assert len(packet) <= len(XMP) + 400
    assert marked(XMP, Edit.GENERATED, limit=len(XMP)) is None


def test_small_pictures_of_how_things_were_do_not_stay() -> None:
    inside = "<xmp:Thumbnails><rdf:Alt><rdf:li>/9j/4AAQ</rdf:li></rdf:Alt></xmp:Thumbnails>"
    text = f'{HEAD} xmlns:xmp="http://ns.adobe.com/xap/1.0/">{inside}</rdf:Description>{TAIL}'
    packet = marked(text.encode(), Edit.GENERATED)
    assert packet is not None
    assert b"4AAQ" not in packet
    ET.fromstring(packet)


EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"


def told(packet: bytes, name: str) -> str:
    """The one value of a property, however it is written."""
    root = ET.fromstring(packet.decode().replace("\ufeff", ""))
    values = [one.get(EXTENSION + name) for one in root.iter()] + [one.text for one in root.iter(EXTENSION + name)]
    (value,) = [one for one in values if one is not None]
    return value


WRITTEN = [None, XMP, f"{HEAD} ext:AIPromptInformation='old' />{TAIL}".encode()]
WRITTEN += [f"{HEAD}><ext:AIPromptInformation>old</ext:AIPromptInformation></rdf:Description>{TAIL}".encode()]


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"))
    .map(str.strip)
    .filter(bool),
    st.sampled_from(WRITTEN),
)
def test_what_painted_it_and_the_words_come_back_whatever_they_hold(prompt: str, before: bytes | None) -> None:
    packet = marked(before, Mark(Edit.GENERATED, "Homespun", "1.0", prompt))
    assert packet is not None
    assert told(packet, "AIPromptInformation") == prompt
    assert (told(packet, "AISystemUsed"), told(packet, "AISystemVersionUsed")) == ("Homespun", "1.0")
    assert source_type(packet) == Edit.GENERATED.uri
    again = marked(packet, Mark(Edit.GENERATED, "Homespun", "1.1", prompt[::-1]))
    assert again is not None
    assert (told(again, "AISystemVersionUsed"), told(again, "AIPromptInformation")) == ("1.1", prompt[::-1])


@pytest.mark.parametrize("prompt", ["a\x00b", "a\ud800b", "a\x1b[31m", "a\ufffeb"])
def test_what_may_not_stand_in_xml_does_not(prompt: str) -> None:
    packet = marked(None, Mark(Edit.GENERATED, prompt=prompt))
    assert packet is not None
    assert " " in told(packet, "AIPromptInformation")
