"""Each format: what the reader takes out of a small real file of it."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import pytest

from desktop import demo_formats as make
from indexer.document import Limits, State
from indexer.kinds import Kind, kind_of
from indexer.readers import versions
from indexer.readers.exif import BrokenExif, parse
from indexer.readers.families import _MODULES, VERSIONS, reader_of
from indexer.readers.json_text import depth_of, unescaped
from tests.readers import make_documents as made
from tests.readers.conftest import Read

DOCUMENTS = made.all_documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_word_of_every_format_is_found(read: Read, name: str) -> None:
    document = read(name, DOCUMENTS[name])
    assert document.state is State.INDEXED, document.reason
    assert document.kind is kind_of(name)
    everything = " ".join([document.title, document.text, *document.facts.values(), name])
    assert "osprey" in everything.lower()


@pytest.mark.parametrize(
    "name", [name for name in DOCUMENTS if not name.endswith((".txt", ".py", ".csv", ".md", ".rst"))]
)
def test_a_format_is_known_by_its_contents_under_another_name(read: Read, name: str) -> None:
    if name.endswith((".xml", ".json", ".eml", ".ipynb")):
        pytest.skip("these are text, and only their names tell them from other text")
    document = read("renamed.bin", DOCUMENTS[name])
    assert document.state is State.INDEXED
    assert document.kind is kind_of(name)


def test_every_reader_has_a_version_and_every_version_a_reader() -> None:
    for family in _MODULES:
        reader = reader_of(family)
        assert reader.version == VERSIONS[family]
        assert reader.kinds
    assert set(versions()) == {*_MODULES, "name", "damaged"}


def test_word_keeps_paragraphs_tables_notes_and_facts(read: Read) -> None:
    table: make.Rows = [("room", "m2"), ("kitchen", 12)]
    data = make.docx("The lease", "Hanna", "2022-03-18", [("Title", "Lease"), ("", "one & two"), table])
    document = read("x.docx", data)
    assert document.title == "The lease"
    assert document.facts == {"author": "Hanna", "created": "2022-03-18T10:00:00"}
    assert document.text == "Lease\none & two\nroom\nm2\nkitchen\n12\n"


def test_word_reads_footnotes_and_leaves_out_the_copy_for_old_programs(read: Read) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    one = "<w:p><w:r><w:t>box</w:t></w:r></w:p>"
    body = (
        f"<w:document {w} {mc}><w:body><w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>"
        f"<mc:AlternateContent><mc:Choice>{one}</mc:Choice><mc:Fallback>{one}</mc:Fallback></mc:AlternateContent></w:p>"
        "</w:body></w:document>"
    )
    notes = f"<w:footnotes {w}><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnotes>"
    data = make.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body, "word/footnotes.xml": notes})
    assert read("x.docx", data).text == "box\na\tb\nc\na note\n"


def test_excel_reads_rows_of_every_sheet(read: Read) -> None:
    data = make.xlsx("", "A", "2024-01-01", {"First": [("rent", 870), ("heat", 61.8)], "Second": [("rent",)]})
    assert read("x.xlsx", data).text == "First\nrent\t870\nheat\t61.8\nSecond\nrent\n"


def test_powerpoint_reads_slides_in_order_with_notes(read: Read) -> None:
    slides = [(f"Title {number}", [f"point {number}"], f"note {number}") for number in range(1, 12)]
    document = read("x.pptx", make.pptx("PowerPoint Presentation", "A", "2024-01-01", slides))
    assert document.title == "Title 1"
    assert document.facts["pages"] == "11"
    assert document.text.index("note 2") < document.text.index("Title 3") < document.text.index("Title 10")


def test_opendocument_counts_repeated_cells_instead_of_writing_them_out(read: Read) -> None:
    cell = '<table:table-cell table:number-columns-repeated="1000000"><text:p>tapir<text:s text:c="3"/>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    body = f'<table:table table:name="S">{row}</table:table>'
    assert read("x.ods", make.opendocument("spreadsheet", "", "", "", body)).text == "S\ntapir x\n"


def test_opendocument_with_a_password_is_skipped(read: Read) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    mimetype = "application/vnd.oasis.opendocument.text"
    data = make.zipped(
        {"mimetype": mimetype, "content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest}, stored_first=True
    )
    document = read("x.odt", data)
    assert (document.state, document.reason, document.kind) == (State.SKIPPED, "document: password", Kind.DOCUMENT)


def test_office_behind_a_password_is_skipped(read: Read) -> None:
    document = read("secret.xlsx", made.ole({"EncryptedPackage": b"\x07" * 5000, "EncryptionInfo": b"\x01" * 200}))
    assert (document.state, document.reason, document.kind) == (State.SKIPPED, "document: password", Kind.SPREADSHEET)
    assert read("secret.doc", made.doc("text", flags=0x0100)).reason == "document: password"


def test_epub_reads_chapters_in_the_order_of_the_spine(read: Read) -> None:
    data = make.epub(
        "Book", "Writer", "2018-06-01", [(f"Chapter {number}", [f"text {number}"]) for number in range(1, 4)]
    )
    document = read("x.epub", data)
    assert document.facts == {"author": "Writer", "created": "2018-06-01", "language": "en"}
    assert [line for line in document.text.split("\n") if line] == [
        "Chapter 1", "text 1", "Chapter 2", "text 2", "Chapter 3", "text 3",
    ]  # fmt: skip


def test_pdf_gives_pages_title_and_facts(read: Read) -> None:
    document = read("x.pdf", make.pdf("A title", "Ann (the elder)", "2021-12-24", [["one"], ["two", "three"]]))
    assert document.title == "A title"
    assert document.facts == {"author": "Ann (the elder)", "created": "2021-12-24T12:00:00", "pages": "2"}
    assert document.text.split() == ["one", "two", "three"]


def test_pdf_without_text_says_so(read: Read) -> None:
    document = read("scan.pdf", make.pdf("", "", "2021-12-24", [[]]))
    assert (document.state, document.reason) == (State.PARTIAL, "pdf: no text (scanned or empty)")


def test_pdf_stops_at_the_page_limit() -> None:
    data = make.pdf("", "", "2021-12-24", [[f"page{number}"] for number in range(5)])
    document = reader_of("pdf").read(io.BytesIO(data), "x.pdf", Limits(pages=2))
    assert document.state is State.PARTIAL
    assert document.text.split() == ["page0", "page1"]


def test_html_shows_what_a_person_sees(read: Read) -> None:
    page = (
        "<title>T</title><style>x{}</style><script>var hidden</script><p>H<b>ell</b>o&nbsp;w&ouml;rld</p>"
        "<ul><li>one<li>two</ul><table><tr><td>a<td>b</table><pre> k\n  v</pre><img alt='a gull'>end<!-- no -->"
    )
    document = read("x.html", page.encode())
    assert document.title == "T"
    assert document.text.split("\n") == ["Hello wörld", "one", "two", "a\tb\t", " k", "  v", " a gull end"[1:], ""]


@pytest.mark.parametrize(
    ("charset", "encoding"), [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("shift_jis", "shift_jis")]
)
def test_html_is_read_in_the_encoding_it_names(read: Read, charset: str, encoding: str) -> None:
    word = {"cp1252": "Größe – groß", "cp1251": "письмо", "shift_jis": "請求書"}[encoding]
    page = f"<meta charset='{charset}'><p>{word}</p>".encode(encoding)
    assert word in read("x.html", page).text


def test_html_that_nests_without_end_is_read_in_linear_time(read: Read) -> None:
    document = read("x.html", b"<p>puffin</p>" + b"<div><span>" * 100_000 + b"bottom")
    assert "puffin" in document.text
    assert "bottom" in document.text


def test_xml_gives_text_and_telling_attributes(read: Read) -> None:
    document = read(
        "x.xml", b"<?xml version='1.0'?><a><title>Head</title>before<b title='tip' id='no'>in</b>after<!-- c --></a>"
    )
    assert document.title == "Head"
    assert document.text.split("\n") == ["Head", "before", "tip", "in", "after", ""]


def test_xml_that_breaks_its_rules_is_read_as_text(read: Read) -> None:
    document = read("x.xml", b"<a>one</b> two & three")
    assert (document.state, document.reason) == (State.PARTIAL, "xml: not well-formed, read as text")
    assert "three" in document.text


def test_json_shows_its_characters_and_never_recurses(read: Read) -> None:
    assert unescaped(r'"\u00e9\ud83e\udd85\n\"x\/"') == '"é\ud83e\udd85\n"x/"'
    assert read("x.json", rb'{"name": "Stra\u00dfe \ud83e\udd85"}').text == '{"name": "Straße 🦅"}'
    assert depth_of('[{"a": "[[[[\\"[["}]') == 2


def test_a_notebook_that_is_none_is_read_as_json(read: Read) -> None:
    document = read("x.ipynb", b'{"cells": "osprey"}')
    assert "osprey" in document.text
    assert document.kind is Kind.NOTEBOOK


def test_rtf_keeps_what_is_shown_and_leaves_pictures_out(read: Read) -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}{\info{\title Brief}{\author Jo}}"
    data += rb"Stra\'dfe \u8211- {\b bold}\par{\pict\pngblip 89504e47}{\*\hidden secret}\f1\'ef\'e8\'f1\'fc\'ec\'ee\f0\tab end\{\}}"
    document = read("x.rtf", data)
    assert document.title == "Brief"
    assert document.facts == {"author": "Jo"}
    assert document.text == "Straße – bold\nписьмо\tend{}"


def test_a_mail_shows_headers_text_and_the_text_of_attachments(read: Read) -> None:
    inner = make.docx("", "A", "2024-01-01", [("", "kestrel in the attachment")])
    data = make.eml("Jörg <j@example.org>", "b@example.org", "Grüße – 請求書", "Tue, 05 Mar 2024 10:11:12 +0100", "body text\n", [("a.docx", "application/octet-stream", inner)])  # fmt: skip
    document = read("x.eml", data)
    assert document.title == "Grüße – 請求書"
    assert document.facts == {"from": "Jörg <j@example.org>", "to": "b@example.org", "subject": "Grüße – 請求書", "created": "2024-03-05T10:11:12"}  # fmt: skip
    for part in ("From: Jörg", "body text", "Attachment: a.docx", "kestrel"):
        assert part in document.text


def test_a_mail_in_html_alone_is_shown_as_a_page(read: Read) -> None:
    data = b"Subject: x\nContent-Type: text/html; charset=iso-8859-1\n\n<p>Gr\xfc\xdfe</p><script>no</script>"
    assert read("x.eml", data).text.endswith("Grüße\n")


def test_an_archive_attached_to_a_mail_is_named_but_not_opened(read: Read) -> None:
    pack = make.zipped({"secret.txt": "kestrel"})
    document = read(
        "x.eml",
        make.eml("a@b", "c@d", "s", "Tue, 05 Mar 2024 10:11:12 +0100", "t\n", [("p.zip", "application/zip", pack)]),
    )
    assert "p.zip" in document.text
    assert "kestrel" not in document.text
    assert (document.state, document.reason) == (State.PARTIAL, "archive: nested too deep")


def test_a_mailbox_is_split_into_its_mails(read: Read) -> None:
    document = read("x.mbox", DOCUMENTS["box.mbox"])
    assert "Subject: osprey one" in document.text
    assert "Subject: two" in document.text
    assert "From a@b" not in document.text


def test_an_outlook_mail_knows_its_facts_in_utc(read: Read) -> None:
    sent = dt.datetime(2024, 3, 4, 7, 30, tzinfo=dt.UTC)
    document = read("x.msg", made.msg("Hi", "Ann", "Bo", "text", sent, {}))
    assert document.facts == {
        "subject": "Hi",
        "from": "Ann <sender@example.org>",
        "to": "Bo",
        "created": "2024-03-04T07:30:00",
    }


def test_old_word_reads_both_widths_and_hides_field_codes(read: Read) -> None:
    document = read("x.doc", made.doc("Page \x13 PAGE \x14seven\x15 of ten\rcell\x07end – é"))
    assert document.text == "Page seven of ten\ncell\tend – é"


def test_old_excel_reads_strings_that_run_over_records(read: Read) -> None:
    document = read("x.xls", made.xls("Rents", ["kitchen", "bathroom"], 61.8))
    assert document.text == "Rents\nkitchen\tbathroom\n61.8\t61.8\n7\t8\n"


def test_old_powerpoint_leaves_the_master_out(read: Read) -> None:
    assert read("x.ppt", made.ppt(["One", "Zwölf"])).text == "One\nZwölf\n"


def test_a_photograph_tells_date_camera_and_place(read: Read) -> None:
    data = make.jpeg((64, 48), (0, 0, 0), (9, 9, 9), taken="2019:07:14 11:32:05", camera=("Canon", "EOS 5D"), place=(-33.85, 151.2), caption="harbour")  # fmt: skip
    document = read("x.jpg", data)
    assert document.facts == {"created": "2019-07-14T11:32:05", "camera": "Canon EOS 5D", "gps": "-33.850000, 151.200000", "width": "64", "height": "48"}  # fmt: skip
    assert "harbour" in document.text
    assert "Canon" in document.text


def test_captions_of_xmp_are_read(read: Read) -> None:
    from PIL import Image

    packet = (
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><r:Description><dc:title><r:Alt><r:li>Old pier</r:li></r:Alt></dc:title>"
        "<dc:subject><r:Bag><r:li>sea</r:li><r:li>fog</r:li></r:Bag></dc:subject></r:Description></r:RDF></x:xmpmeta>"
    )
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", xmp=packet.encode())
    document = read("x.jpg", buffer.getvalue())
    assert document.title == "Old pier"
    assert "sea, fog" in document.text


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "TIFF", "BMP", "ICO"])
def test_the_size_of_a_picture_is_read_without_decoding_it(read: Read, format_: str) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), (200, 10, 10)).save(buffer, format_)
    document = read("x.bin", buffer.getvalue())
    assert (document.kind, document.state) == (Kind.PICTURE, State.INDEXED)
    assert (document.facts["width"], document.facts["height"]) == ("32", "32")


def test_a_picture_of_the_screen_keeps_its_kind(read: Read) -> None:
    assert read("Screenshot 1.png", make.png(8, 8, (1, 2, 3))).kind is Kind.SCREENSHOT


def test_exif_that_points_at_itself_is_refused() -> None:
    with pytest.raises(BrokenExif):
        parse(b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0")


def test_an_archive_lists_names_and_reads_members(read: Read) -> None:
    data = make.zipped({"a/letter.odt": make.odt("", "", "", "H", ["wombat"]), "b.txt": "numbat", "c.jpg": b"\xff\xd8"})
    document = read("x.zip", data)
    assert document.state is State.INDEXED
    for word in ("a/letter.odt", "c.jpg", "wombat", "numbat"):
        assert word in document.text


def test_a_member_that_lies_about_its_size_is_not_believed(read: Read) -> None:
    packed = bytearray(make.zipped({"a.txt": "0" * 3_000_000, "b.txt": "koala"}))
    place = packed.index(b"PK\x01\x02")
    packed[place + 24 : place + 28] = (50).to_bytes(4, "little")
    document = read("x.zip", bytes(packed))
    assert "koala" in document.text
    assert len(document.text) < 1_000


def test_an_archive_with_more_text_than_the_limit_is_partial() -> None:
    words = [" ".join(f"{number}w{place}" for place in range(2_000)) for number in range(20)]
    data = make.zipped({f"{number}.txt": text for number, text in enumerate(words)})
    document = reader_of("archive").read(io.BytesIO(data), "x.zip", Limits(text_chars=50_000))
    assert document.state is State.PARTIAL
    assert len(document.text) <= 50_000


def test_office_parts_expand_no_further_than_the_limit(read: Read) -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {w}><w:body>"
        + "<w:p><w:r><w:t>again and again</w:t></w:r></w:p>" * 30_000
        + "</w:body></w:document>"
    )
    data = make.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    document = reader_of("docx").read(io.BytesIO(data), "x.docx", Limits(member_bytes=100_000))
    assert (document.state, document.reason) == (State.PARTIAL, "text cut at the limit")
    assert document.text.startswith("again and again\n")


def test_compression_that_can_not_be_stopped_in_time_is_not_used(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", "wombat" * 100)
    document = read("x.zip", buffer.getvalue())
    assert (document.state, document.reason) == (State.PARTIAL, "archive: unknown compression")
    assert "a.txt" in document.text


def test_music_is_known_by_its_tags(read: Read) -> None:
    document = read("x.mp3", make.mp3("Tide Tables", "The Harbour Masters", "Low Water", "2017", "Folk"))
    assert document.title == "Tide Tables"
    assert {name: document.facts[name] for name in ("artist", "album", "year")} == {"artist": "The Harbour Masters", "album": "Low Water", "year": "2017"}  # fmt: skip


def test_a_film_tells_date_length_and_place(read: Read) -> None:
    document = read("x.mov", DOCUMENTS["film osprey.mp4"])
    assert document.facts == {"seconds": "42", "created": "2022-05-06T07:08:09", "gps": "37.808700, -122.409800"}
    assert document.title == "Sea lions at the pier"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("x.docx", b"\x93\x11\x04" * 400, "document: damaged"),
        ("x.pdf", b"\x93\x11\x04" * 400, "pdf: damaged"),
        ("x.jpg", b"\x93\x11\x04" * 400, "picture: damaged"),
        ("x.zip", b"\x93\x11\x04" * 400, "archive: damaged"),
    ],
)
def test_a_file_that_is_not_what_its_name_promises_is_an_error(read: Read, name: str, data: bytes, reason: str) -> None:
    document = read(name, data)
    assert (document.state, document.reason) == (State.ERROR, reason)


@pytest.mark.parametrize("name", ["x.pages", "x.djvu", "x.bin", "x.7z", "x.sqlite", "x.raf"])
def test_a_format_that_nobody_reads_is_found_by_name(read: Read, name: str) -> None:
    document = read(name, b"\x93\x11\x04" * 400)
    assert (document.state, document.reason, document.kind) == (State.INDEXED, "by name only", kind_of(name))


@pytest.mark.parametrize(
    "name", [name for name in DOCUMENTS if name not in ("plain.txt", "note.md", "code.py", "table.csv", "manual.rst")]
)
def test_a_file_cut_in_half_still_gives_a_document(read: Read, name: str) -> None:
    data = DOCUMENTS[name]
    document = read(name, data[: len(data) // 2])
    assert "the reader failed" not in document.reason


def test_every_family_has_its_line_in_the_documentation() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "readers.md").read_text("utf-8")
    assert [family for family in versions() if f"| `{family}` |" not in page] == []


@pytest.mark.parametrize("name", ["x.xls", "x.doc", "x.msg"])
def test_a_loop_of_sectors_does_not_hold_the_reader(read: Read, name: str) -> None:
    """A stream that claims gigabytes and leads back to its first sector."""
    stream = {"x.xls": "Workbook", "x.doc": "WordDocument", "x.msg": "__substg1.0_1000001F"}[name]
    streams = {stream: b"\xec\xa5" + b"\x09" * 6_000}
    if name == "x.msg":
        streams["__properties_version1.0"] = b"\0" * 32
    data = bytearray(made.ole(streams))
    entry = data.index(stream.encode("utf-16-le"))
    data[entry + 120 : entry + 124] = (0x7FFFFFFF).to_bytes(4, "little")
    fat = data.rindex((1).to_bytes(4, "little") + (2).to_bytes(4, "little"))
    data[fat : fat + 4] = (0).to_bytes(4, "little")
    started = time.monotonic()
    document = read(name, bytes(data))
    assert document.state is State.ERROR
    assert time.monotonic() - started < 1


def test_an_archive_whose_member_has_no_name_is_read(read: Read) -> None:
    assert "numbat" in read("x.zip", make.zipped({"": "nothing", "a.txt": "numbat"})).text
