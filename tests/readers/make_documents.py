"""Small real files of every format that the readers know, for the tests: python -m tests.readers.make_documents FOLDER."""

from __future__ import annotations

import datetime as dt
import struct
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from desktop import demo_formats as make

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container ([MS-CFB]) of `streams` by their paths, folders before a slash; small ones in the mini stream."""
    entries: list[tuple[str, int, bytes]] = [("Root Entry", 5, b"")]
    children: dict[int, list[int]] = {0: []}
    folders: dict[str, int] = {"": 0}
    for path, data in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in folders:
            folders[folder] = len(entries)
            children[0].append(len(entries))
            children[len(entries)] = []
            entries.append((folder, 1, b""))
        children[folders[folder]].append(len(entries))
        entries.append((name, 2, data))
    mini = bytearray()
    mini_fat: list[int] = []
    big = bytearray()
    fat: list[int] = []
    starts = []
    for _name, kind, data in entries:
        if kind != 2 or not data:
            starts.append((END, 0))
        elif len(data) < 4096:
            starts.append((len(mini_fat), len(data)))
            mini_fat += _chain(len(mini_fat), -(-len(data) // 64))
            mini += data + b"\0" * (-len(data) % 64)
        else:
            starts.append((len(fat), len(data)))
            fat += _chain(len(fat), -(-len(data) // 512))
            big += data + b"\0" * (-len(data) % 512)

    def place(data: bytes) -> int:
        if not data:
            return END
        start = len(fat)
        fat.extend(_chain(start, -(-len(data) // 512)))
        big.extend(data + b"\0" * (-len(data) % 512))
        return start

    starts[0] = (place(bytes(mini)), len(mini))
    mini_fat_bytes = b"".join(struct.pack("<I", number) for number in mini_fat)
    mini_fat_bytes += struct.pack("<I", FREE) * (-len(mini_fat) % 128)
    mini_fat_at = place(mini_fat_bytes)
    directory_at = place(_directory(entries, children, starts))
    sectors = 1
    while (len(fat) + sectors) > sectors * 128:
        sectors += 1
    fat_at = len(fat)
    fat += [FAT_SECTOR] * sectors
    fat += [FREE] * (-len(fat) % 128)
    table = b"".join(struct.pack("<I", number) for number in fat)
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, sectors, directory_at, 0)
    header += struct.pack("<IIIII", 4096, mini_fat_at, len(mini_fat_bytes) // 512, END, 0)
    header += b"".join(struct.pack("<I", fat_at + number) for number in range(sectors))
    header += struct.pack("<I", FREE) * (109 - sectors)
    return header + bytes(big) + table


def _chain(start: int, count: int) -> list[int]:
    """The allocation of `count` sectors one behind the other."""
    return [*range(start + 1, start + count), END]


def _directory(
    entries: list[tuple[str, int, bytes]], children: Mapping[int, list[int]], starts: list[tuple[int, int]]
) -> bytes:
    """The directory; siblings hang on each other's right side in the order that the format asks for."""
    right = dict.fromkeys(range(len(entries)), FREE)
    child = dict.fromkeys(range(len(entries)), FREE)
    for parent, members in children.items():
        ordered = sorted(members, key=lambda number: (len(entries[number][0]), entries[number][0].upper()))
        for one, following in pairwise(ordered):
            right[one] = following
        if ordered:
            child[parent] = ordered[0]
    out = b""
    for number, (name, kind, _data) in enumerate(entries):
        raw = name.encode("utf-16-le")
        out += raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1)
        out += struct.pack("<III", FREE, right[number], child[number]) + b"\0" * 36
        out += struct.pack("<IQ", *starts[number])
    return out + b"\0" * (-len(out) % 512)


def msg(subject: str, sender: str, to: str, body: str, sent: dt.datetime, attachments: Mapping[str, bytes]) -> bytes:
    """A mail as Outlook keeps it; `sent` in UTC."""
    ticks = int((sent - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds()) * 10_000_000
    streams = {"__properties_version1.0": b"\0" * 32 + struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks)}
    for tag, value in (
        (0x0037, subject),
        (0x0C1A, sender),
        (0x5D01, "sender@example.org"),
        (0x0E04, to),
        (0x1000, body),
    ):
        streams[f"__substg1.0_{tag:04X}001F"] = value.encode("utf-16-le")
    for number, (name, data) in enumerate(attachments.items()):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = data
    return ole(streams)


def doc(text: str, *, flags: int = 0x0200) -> bytes:
    """A Word document of before 2007: half of its text in one byte a character, half in two."""
    half = len(text) // 2
    narrow, wide = text[:half].encode("cp1252"), text[half:].encode("utf-16-le")
    start = 0x400
    plc = struct.pack("<III", 0, half, len(text))
    plc += struct.pack("<HIH", 0, start * 2 | 0x40000000, 0) + struct.pack("<HIH", 0, start + len(narrow), 0)
    clx = b"\x01\x04\x00abcd" + b"\x02" + struct.pack("<I", len(plc)) + plc
    main = bytearray(start) + narrow + wide
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 0x0A, flags)
    struct.pack_into("<II", main, 0x1A2, 0, len(clx))
    return ole({"WordDocument": bytes(main), "1Table": clx})


def xls(sheet: str, strings: list[str], number: float) -> bytes:
    """A workbook of before 2007: `strings` in the first row, `number` in three ways below; one string is split."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    table = struct.pack("<II", len(strings), len(strings))
    for text in strings:
        table += struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")
    cut = len(table) - 4
    shared = record(0x00FC, table[:cut]) + record(0x003C, b"\x01" + table[cut:])
    name = sheet.encode("latin-1")
    book = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    book += record(0x0085, struct.pack("<IHBB", 0, 0, len(name), 0) + name) + shared + record(0x000A, b"")
    book += record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    for column in range(len(strings)):
        book += record(0x00FD, struct.pack("<HHHI", 0, column, 0, column))
    book += record(0x0203, struct.pack("<HHHd", 1, 0, 0, number))
    book += record(0x027E, struct.pack("<HHHi", 1, 1, 0, round(number * 100) << 2 | 3))
    book += record(0x00BD, struct.pack("<HHHiHiH", 2, 0, 0, 7 << 2 | 2, 0, 8 << 2 | 2, 1))
    return ole({"Workbook": book + record(0x000A, b"")})


def ppt(texts: list[str]) -> bytes:
    """A presentation of before 2007, texts in both widths, inside a container and beside a master that is not shown."""

    def atom(kind: int, body: bytes) -> bytes:
        return struct.pack("<HHI", 0, kind, len(body)) + body

    def container(kind: int, body: bytes) -> bytes:
        return struct.pack("<HHI", 0x0F, kind, len(body)) + body

    atoms = b"".join(
        atom(0x0FA0, text.encode("utf-16-le")) if number % 2 else atom(0x0FA8, text.encode("latin-1"))
        for number, text in enumerate(texts)
    )
    master = container(0x03F8, atom(0x0FA8, b"Click to edit the title"))
    return ole({"PowerPoint Document": master + container(0x03E8, container(0x0FF0, atoms))})


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of the ISO base media format."""
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def heic(width: int, height: int, exif: bytes) -> bytes:
    """The boxes of a HEIC picture with a tile's size, its own, and an EXIF block; no pixels."""
    sizes = [box(b"ispe", struct.pack(">4xII", *size)) for size in ((512, 512), (width, height))]
    meta = box(b"meta", b"\0" * 4, box(b"hdlr", b"\0" * 8 + b"pict" + b"\0" * 13), box(b"iprp", box(b"ipco", *sizes)))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", b"\0\0\0\x06Exif\0\0" + exif)


def tiff_exif(camera: str, taken: str) -> bytes:
    """A TIFF block, big-endian as phones write it, with the model and the date."""
    strings = camera.encode() + b"\0", taken.encode() + b"\0"
    sub = 8 + 2 + 24 + 4
    first = sub + 2 + 12 + 4
    head = b"MM\0*" + struct.pack(">I", 8)
    entries = struct.pack(">HHII", 0x0110, 2, len(strings[0]), first) + struct.pack(">HHII", 0x8769, 4, 1, sub)
    inner = struct.pack(">H", 1) + struct.pack(">HHII", 0x9003, 2, len(strings[1]), first + len(strings[0])) + b"\0" * 4
    return head + struct.pack(">H", 2) + entries + b"\0" * 4 + inner + b"".join(strings)


def mp4(created: dt.datetime, seconds: int, place: str) -> bytes:
    """The header of a film; `created` in UTC, `place` as ISO 6709."""
    since = int((created - dt.datetime(1904, 1, 1, tzinfo=dt.UTC)).total_seconds())
    header = box(b"mvhd", struct.pack(">IIIII", 0, since, since, 600, seconds * 600), b"\0" * 80)
    where = box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place.encode())
    name = box(b"\xa9nam", box(b"data", struct.pack(">II", 1, 0) + b"Sea lions at the pier"))
    tags = box(b"meta", b"\0" * 4, box(b"hdlr", b"\0" * 8 + b"mdir" + b"\0" * 13), box(b"ilst", name))
    return (
        box(b"ftyp", b"mp42\0\0\0\0isom") + box(b"mdat", b"\0" * 100) + box(b"moov", header, box(b"udta", where, tags))
    )


def all_documents() -> dict[str, bytes]:
    """One file of every format by its name; each holds the word "osprey"."""
    sheet = {"Birds": [("osprey", 3.5), ("heron", 2)]}
    return {
        "note.md": b"# Osprey watching\n\nAt the lake, six in the morning.\n",
        "manual.rst": b"Osprey manual\n=============\n\nHow to look.\n",
        "plain.txt": b"Field notes\n\nThe osprey came back, trapped no fish.\n",
        "code.py": b'"""Counts every osprey."""\n\nosprey = 1\n',
        "table.csv": b"bird,count\nosprey,3\n",
        "data.json": b'{"bird": "ospr\\u0065y", "seen": [1, 2]}',
        "data.xml": b"<?xml version='1.0'?><birds><bird name='osprey'>seen</bird></birds>",
        "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>osprey</text></svg>",
        "page.html": b"<html><head><title>Osprey page</title></head><body><p>seen</p></body></html>",
        "paper.pdf": make.pdf("Osprey paper", "A. Author", "2024-03-02", [["the osprey eats fish"], ["second page"]]),
        "letter.docx": make.docx("", "A. Author", "2024-03-02", [("Heading1", "Osprey letter"), ("", "Dear bird")]),
        "talk.pptx": make.pptx("", "A. Author", "2024-03-02", [("Osprey talk", ["point"], "spoken note")]),
        "sheet.xlsx": make.xlsx("Osprey sheet", "A. Author", "2024-03-02", sheet),
        "letter.odt": make.odt("Osprey letter", "A. Author", "2024-03-02", "Heading", ["text"]),
        "sheet.ods": make.ods("Osprey sheet", "A. Author", "2024-03-02", sheet),
        "talk.odp": make.opendocument("presentation", "Osprey talk", "A. Author", "2024-03-02", ""),
        "book.epub": make.epub("Osprey book", "A. Author", "2024-03-02", [("One", ["It flew."])]),
        "rich.rtf": make.rtf("Osprey", ["Osprey caf\u00e9 – \U0001f985"]),
        "mail.eml": make.eml("Ann <ann@example.org>", "Bo <bo@example.org>", "Osprey news", "Mon, 04 Mar 2024 08:00:00 +0100", "It is back.\n"),
        "box.mbox": b"From a@b Mon Mar  4 08:00:00 2024\nSubject: osprey one\n\nfirst\n\nFrom a@b Mon Mar  4 09:00:00 2024\nSubject: two\n\nsecond\n",
        "outlook.msg": msg("Osprey mail", "Ann", "Bo", "It is back.", dt.datetime(2024, 3, 4, 7, tzinfo=dt.UTC), {"list.txt": b"attached kestrel"}),
        "old.doc": doc("Osprey report\rThe bird – caf\u00e9.\r"),
        "old.xls": xls("Osprey", ["wing", "tail"], 12.34),
        "old.ppt": ppt(["Osprey slides", "caf\u00e9"]),
        "book.ipynb": make.notebook([("markdown", "# Osprey counts", ""), ("code", "count()", "17 birds\n")]),
        "pack.zip": make.zipped({"inner/osprey.txt": "seen from the tower\n"}),
        "photo.jpg": make.jpeg((64, 48), (0, 0, 90), (90, 0, 0), taken="2019:07:14 11:32:05", camera=("OSPREY", "OSPREY 5"), place=(-33.5, 151.25)),
        "shot.png": make.png(32, 16, (9, 9, 9), {"Title": "Osprey nest"}),
        "phone.heic": heic(4032, 3024, tiff_exif("Osprey Phone", "2023:06:01 12:00:00")),
        "song.mp3": make.mp3("Osprey song", "The Birds", "Nest", "2011", "Folk"),
        "film osprey.mp4": mp4(dt.datetime(2022, 5, 6, 7, 8, 9, tzinfo=dt.UTC), 42, "+37.8087-122.4098/"),
    }  # fmt: skip


def write_mixed_folder(folder: Path) -> list[Path]:
    """Write all of them into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in all_documents().items():
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    write_mixed_folder(Path(sys.argv[1]))
