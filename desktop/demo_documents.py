"""A folder of the files that a household has, for `demo` to search: everything in it was written for it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop import demo_formats as make

_ME = "Clara Winther"
_LANDLORD = "Hanna Osei <hanna.osei@example.org>"


@dataclass(frozen=True)
class DemoFile:
    """One file: where it goes, when it was last changed (local time, ISO), and what makes its bytes."""

    path: str
    changed: str
    contents: Callable[[], bytes]


def write_demo_documents(folder: Path) -> list[Path]:
    """Write the files below `folder` and return their paths; the same bytes and dates every time."""
    written = []
    for file in DEMO_FILES:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.contents())
        moment = dt.datetime.fromisoformat(file.changed).timestamp()
        os.utime(path, (moment, moment))
        written.append(path)
    return written


def _tenancy() -> bytes:
    return make.docx(
        "Tenancy agreement, 14 Quay Street",
        "Hanna Osei",
        "2022-03-18",
        [
            ("Title", "Tenancy agreement"),
            (
                "",
                f"between Hanna Osei (landlord) and {_ME} (tenant) for the flat on the second floor of 14 Quay Street.",
            ),
            ("Heading1", "Rent and deposit"),
            ("", "The monthly rent is 870 euros, due on the third working day of each month."),
            ("", "The tenant pays a deposit of two months' rent, which the landlord keeps in a separate account."),
            ("Heading1", "Notice"),
            ("", "Either side may end this agreement in writing with three months' notice to the end of a month."),
            ("Heading1", "Keeping the flat"),
            ("", "Small repairs up to 80 euros are the tenant's. The boiler is serviced every year by the landlord."),
            ("", "One cat may be kept. Walls may be painted in light colours."),
        ],
    )


def _heating() -> bytes:
    return make.pdf(
        "Heating statement November 2025 to February 2026",
        "Harbour District Heat",
        "2026-02-26",
        [
            [
                "Harbour District Heat Ltd",
                "Statement for 14 Quay Street, second floor",
                "",
                "Heating season: 1 November 2025 to 20 February 2026",
                "November 2025      412 kWh     61.80 EUR",
                "December 2025      655 kWh     98.25 EUR",
                "January 2026       731 kWh    109.65 EUR",
                "February 2026      428 kWh     64.20 EUR",
                "",
                "Total for the winter: 333.90 EUR",
                "Already paid in advance: 300.00 EUR",
                "To be paid by 20 March 2026: 33.90 EUR",
            ],
            ["How to save: lowering the room by one degree saves about six per cent of the cost of heating."],
        ],
    )


def _budget() -> bytes:
    rows: list[tuple[str | float, ...]] = [
        ("Month", "Rent", "Electricity", "Groceries", "Travel", "Saved"),
        ("January", 870, 41.2, 318, 64, 250),
        ("February", 870, 39.8, 297, 31, 300),
        ("March", 870, 36.5, 342, 210, 90),
        ("April", 870, 33.1, 305, 45, 280),
    ]
    goals: list[tuple[str | float, ...]] = [("Goal", "Needed"), ("New bicycle", 900), ("Trip to Lisbon", 650)]
    return make.xlsx("Household budget 2026", _ME, "2026-04-30", {"Months": rows, "Savings goals": goals})


def _penguins() -> bytes:
    return make.pptx(
        "Life on the ice",
        _ME,
        "2024-10-02",
        [
            (
                "Life on the ice",
                ["Penguins of the Antarctic", "Class 4b, nature week"],
                "Start with the sound recording.",
            ),
            (
                "Emperor penguins",
                [
                    "The largest of all penguins: up to 1.2 metres",
                    "Fathers keep the egg warm on their feet for two months",
                ],
                "Ask who in the class could stand still for two months.",
            ),
            (
                "How they stay warm",
                ["Four feathers on every square centimetre", "Huddles of thousands, everyone takes a turn outside"],
                "Game: the children form a huddle.",
            ),
            ("What threatens them", ["Less sea ice every decade", "Fishing for krill"], ""),
        ],
    )


def _deposit_mail() -> bytes:
    return make.eml(
        _LANDLORD,
        "Clara Winther <clara.winther@example.org>",
        "Your lease: new boiler and the deposit",
        "Tue, 09 Sep 2025 18:24:00 +0200",
        "Dear Clara,\n\nthe plumber comes on Thursday the 18th to replace the boiler; it takes about four hours and the\n"
        "water will be off. The rent stays as it is. As you asked: the deposit of 1,740 euros is in a savings account\n"
        "and earns interest, you will find the statement attached.\n\nKind regards\nHanna\n",
        [
            (
                "deposit statement.txt",
                "text/plain",
                b"Savings account 33-1081\nOpening balance 1,740.00 EUR\nInterest 2024: 21.75 EUR\nBalance 1,761.75 EUR\n",
            )
        ],
    )


def _sensors() -> bytes:
    lines = ["time,room,temperature_c,humidity_percent"]
    for hour in range(24):
        living = 18.5 + 2.5 * (7 <= hour <= 22) + 0.1 * (hour % 5)
        lines += [f"2026-01-17T{hour:02}:00,living room,{living:.1f},{46 - hour % 7}"]
        lines += [f"2026-01-17T{hour:02}:00,cellar,{9.0 + 0.1 * (hour % 3):.1f},{71 + hour % 4}"]
    return ("\n".join(lines) + "\n").encode()


def _rides() -> bytes:
    return make.notebook(
        [
            ("markdown", "# Bicycle rides of the year\nHow far did I ride, and does rain keep me at home?", ""),
            (
                "code",
                "rides = load('rides.csv')\nrides.groupby('month').distance.sum()",
                "May 212 km\nJune 305 km\nJuly 188 km\n",
            ),
            (
                "markdown",
                "Rain costs about a third of the distance. The longest tour was around the lake: 74 kilometres.",
                "",
            ),
        ]
    )


def _story() -> bytes:
    return make.epub(
        "The Cat of Skerry Light",
        "Oda Lindqvist",
        "2018-06-01",
        [
            (
                "The keeper",
                [
                    (
                        "Nobody on the island could remember a time before the cat. She had come with the lamp, said the old "
                        "lighthouse keeper, and she would leave with it."
                    ),
                    "On the night of the great storm the mechanism stuck, and the beam stood still over the black water.",
                ],
            ),
            (
                "The storm",
                ["The cat climbed the iron stairs, all hundred and twelve of them, and sat down in front of the gear."],
            ),
        ],
    )


def _summer_photo() -> bytes:
    return make.jpeg(
        (480, 320),
        (90, 160, 230),
        (235, 205, 140),
        taken="2019:07:14 11:32:05",
        camera=("FUJIFILM", "X-T20"),
        place=(38.6979, -9.4215),
        caption="On the beach near Cascais",
    )


def _lake_photo() -> bytes:
    return make.jpeg(
        (320, 480), (150, 190, 235), (40, 90, 80), taken="2019:08:03 19:47:51", camera=("FUJIFILM", "X-T20"),
        place=(47.6506, 13.0931), caption="Evening swim in the lake",
    )  # fmt: skip


def _snow_photo() -> bytes:
    return make.jpeg(
        (480, 320), (205, 215, 230), (245, 247, 250), taken="2023:12:09 09:15:30", camera=("Apple", "iPhone 13"),
        caption="First snow on Quay Street",
    )  # fmt: skip


def _screenshot() -> bytes:
    return make.png(320, 200, (38, 70, 83), {"Title": "Train connection to Vienna", "Software": "screen tool"})


def _archive() -> bytes:
    return make.zipped(
        {
            "thesis/abstract.txt": "Moss on city walls: how green facades cool narrow streets in summer. Bachelor thesis.\n",
            "thesis/chapter 2.odt": make.odt(
                "Methods",
                _ME,
                "2016-05-20",
                "Methods",
                ["We measured the surface temperature of forty walls each hour."],
            ),
            "thesis/figures.csv": "wall,moss,degrees\n1,yes,24.1\n2,no,31.7\n",
        }
    )


def _page() -> bytes:
    return (
        b"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Mending a flat tyre in ten minutes</title>"
        b"<style>body{margin:2em}</style><script>count()</script></head><body><h1>Mending a flat tyre in ten minutes</h1>"
        b"<p>Turn the bicycle upside down, open the brake and take the wheel out.</p>"
        b"<ol><li>Lift one side of the tyre over the rim with two levers.</li>"
        b"<li>Pull out the inner tube, pump it up and listen for the puncture; under water you see the bubbles.</li>"
        b"<li>Roughen the rubber, spread the glue, wait three minutes and press the patch on.</li></ol></body></html>\n"
    )


def _letter() -> bytes:
    return make.odt(
        "Application, town library",
        _ME,
        "2023-05-11",
        "Application for the post of librarian",
        [
            (
                "Dear Ms Brandt, for six years I have run the school library of Harbour Primary, from choosing the books to "
                "the reading nights, and I would like to do the same for the town."
            ),
            "I speak Danish, English and some Portuguese. I could start on the first of September.",
            "Yours sincerely, Clara Winther",
        ],
    )


def _packing() -> bytes:
    return make.rtf(
        "Packing list for the hut",
        [
            "Packing list for the hut",
            "Sleeping bag liner, head torch, blister plasters, rain jacket, wool socks (three pairs).",
            "For the kitchen: coffee, oats, dried soup, the small gas stove – and matches.",
        ],
    )


def _insurance() -> bytes:
    return make.pdf(
        "Household insurance policy 77-20418",
        "Nordlys Mutual",
        "2024-01-08",
        [
            [
                "Nordlys Mutual Insurance - policy 77-20418",
                f"Insured: {_ME}, 14 Quay Street",
                "Covered: fire, burst pipes, burglary, and theft of bicycles up to 1,500 EUR",
                "Excess: 150 EUR for each claim",
                "A stolen bicycle must be reported to the police within 48 hours; send us the frame number.",
                "Yearly premium: 118.40 EUR",
            ]
        ],
    )


def _washer() -> bytes:
    return make.pdf(
        "Invoice 2025-1187",
        "Elektro Brix",
        "2025-06-21",
        [
            [
                "Elektro Brix - invoice 2025-1187",
                "1 washing machine, Brix W714, serial number 40-77-1192      549.00 EUR",
                "Delivery and connection, old machine taken away              45.00 EUR",
                "Total, VAT included                                         594.00 EUR",
                "Guarantee: three years from the date of purchase, 21 June 2025.",
            ]
        ],
    )


def _ticket() -> bytes:
    return make.pdf(
        "Night train to Vienna",
        "Rail booking",
        "2024-05-11",
        [
            [
                "Booking QX7-44L",
                "Night train, 24 May 2024, departs 20:31, arrives Vienna 08:12",
                "Sleeping car 302, berth 15",
                "Traveller: Clara Winther",
            ]
        ],
    )


def _mailbox() -> bytes:
    mails = [
        (
            "Seed swap on Saturday",
            "Sat, 07 Mar 2026 08:00:00 +0100",
            "Bring your spare tomato and bean seeds to the allotment hut at ten. There will be soup.",
        ),
        (
            "Water is on again",
            "Fri, 03 Apr 2026 17:30:00 +0200",
            "The pipes survived the frost. Please check your tap and fill the butts only after eight in the evening.",
        ),
        (
            "Wasps in the shed",
            "Mon, 13 Jul 2026 20:10:00 +0200",
            "There is a nest above the door of the tool shed. Leave it alone, the beekeeper will move it on Wednesday.",
        ),
    ]
    parts = [
        b"From garden@example.org Sat Mar  7 08:00:00 2026\n"
        + make.eml("Allotment club <garden@example.org>", "members@example.org", subject, date, text + "\n")
        + b"\n"
        for subject, date, text in mails
    ]
    return b"".join(parts)


def _planting() -> bytes:
    rows: list[tuple[str | float, ...]] = [
        ("Bed", "Crop", "Sow", "Harvest"),
        ("1", "broad beans", "March", "June"),
        ("2", "beetroot and chard", "April", "August"),
        ("3", "potatoes, after the beans", "April", "September"),
    ]
    return make.ods("Planting plan for the allotment", _ME, "2026-03-01", {"Beds 2026": rows})


def _plan() -> bytes:
    rooms = (("kitchen", 40), ("bedroom", 140), ("bathroom", 240), ("hall", 300), ("balcony to the south", 360))
    words = "".join(f'<text x="{place}" y="60">{room}</text>' for room, place in rooms)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="460" height="120"><title>Floor plan of the flat</title>{words}</svg>\n'.encode()


def _text(text: str) -> Callable[[], bytes]:
    return text.encode


DEMO_FILES: tuple[DemoFile, ...] = (
    DemoFile("Home/Tenancy agreement Quay Street.docx", "2022-03-18T16:20:00", _tenancy),
    DemoFile("Home/Heating statement 2025-26.pdf", "2026-02-26T09:05:00", _heating),
    DemoFile("Home/Household budget 2026.xlsx", "2026-04-30T21:40:00", _budget),
    DemoFile("Home/Insurance policy.pdf", "2024-01-08T11:00:00", _insurance),
    DemoFile("Home/Invoice washing machine.pdf", "2025-06-21T14:31:00", _washer),
    DemoFile("Home/floor-plan.svg", "2022-02-27T10:15:00", _plan),
    DemoFile("Home/room climate.csv", "2026-01-18T00:00:10", _sensors),
    DemoFile("Mail/lease and deposit.eml", "2025-09-09T18:30:00", _deposit_mail),
    DemoFile("Mail/allotment club.mbox", "2026-07-13T20:12:00", _mailbox),
    DemoFile("School/Penguins of the Antarctic.pptx", "2024-10-02T19:55:00", _penguins),
    DemoFile(
        "School/parents' evening.txt",
        "2025-11-06T21:15:00",
        _text(
            "Parents' evening, class 4b\n\nSwimming lessons start after Easter, every child needs a towel and a cap.\n"
            "Nut allergy: no peanut butter in lunch boxes, please. The choir sings on the second Sunday in Advent.\n"
        ),
    ),
    DemoFile("Work/Application town library.odt", "2023-05-11T22:03:00", _letter),
    DemoFile(
        "Work/rename_photos.py",
        "2021-02-14T12:00:00",
        _text(
            '"""Give photographs the names of the days they were taken on."""\n\nfrom pathlib import Path\n\n\n'
            "def new_name(photo: Path, taken: str) -> str:\n"
            '    """The date in front, the camera\'s number behind."""\n'
            '    return f"{taken[:10]} {photo.stem[-4:]}{photo.suffix.lower()}"\n'
        ),
    ),
    DemoFile("Work/bicycle rides.ipynb", "2025-08-02T17:45:00", _rides),
    DemoFile(
        "Recipes/red lentil soup.md",
        "2023-10-19T18:00:00",
        _text(
            "# Red lentil soup\n\nServes four, half an hour.\n\n- 250 g red lentils\n- 1 onion, 2 carrots, a thumb of ginger\n"
            "- 1 tsp cumin, a little chilli\n- 400 ml coconut milk, juice of a lemon\n\nSoften the vegetables in oil, add the "
            "spices, then lentils and a litre of water.\nSimmer for twenty minutes, blend half of it, finish with lemon.\n"
        ),
    ),
    DemoFile(
        "Recipes/plum cake.md",
        "2024-09-08T10:30:00",
        _text(
            "# Grandmother's plum cake\n\nYeast dough, a kilo of plums, cinnamon sugar and almonds on top. Bake for forty "
            "minutes at 180 degrees.\nEat it warm, with whipped cream.\n"
        ),
    ),
    DemoFile("Books/The Cat of Skerry Light.epub", "2020-12-26T20:00:00", _story),
    DemoFile("Pictures/2019/DSCF4021.JPG", "2019-07-14T11:32:05", _summer_photo),
    DemoFile("Pictures/2019/DSCF4377.JPG", "2019-08-03T19:47:51", _lake_photo),
    DemoFile("Pictures/2023/IMG_0912.JPG", "2023-12-09T09:15:30", _snow_photo),
    DemoFile("Pictures/Screenshot 2024-05-11 at 10.22.31.png", "2024-05-11T10:22:31", _screenshot),
    DemoFile(
        "Music/03 Tide Tables.mp3",
        "2017-11-03T15:00:00",
        lambda: make.mp3("Tide Tables", "The Harbour Masters", "Low Water Songs", "2017", "Folk"),
    ),
    DemoFile("Travel/Night train Vienna.pdf", "2024-05-11T10:25:00", _ticket),
    DemoFile("Travel/packing list hut.rtf", "2024-08-15T07:50:00", _packing),
    DemoFile("Downloads/mending a flat tyre.html", "2025-05-04T13:10:00", _page),
    DemoFile("Downloads/thesis-backup.zip", "2016-09-30T23:59:00", _archive),
    DemoFile("Garden/planting plan.ods", "2026-03-01T11:11:00", _planting),
    DemoFile(
        "Home/cat vaccination.txt",
        "2025-10-13T09:40:00",
        _text(
            "Vet: Dr Amara Field, Mill Lane\nMiso, tabby, born May 2021, 4.3 kg\nVaccinated against cat flu and feline "
            "distemper on 13 October 2025. Next booster in October 2026.\n"
        ),
    ),
)
"""All files of the demo."""
