"""Texts on which a tokenizer goes wrong, and many ordinary ones: always the same, about 1,300 of them."""

from __future__ import annotations

import random
import re

TRICKY = (
    "",
    " ",
    "   \t\n\r  ",
    "a",
    "A photo of a CAT",
    "a photo of a cat",
    "  leading and trailing  ",
    "two  blanks\tand\ttabs\nand lines\r\nof both kinds",
    "no\u00a0break, thin\u2009blank, ideographic\u3000blank, line\u2028separator, next\u0085line",
    "it's, they're, we've, I'm, he'll, she'd, don't, the cats'",
    "IT'S, THEY'RE, WE'VE, I'M, HE'LL, SHE'D, DON'T",
    "it\u2019s with a curly apostrophe",
    "''s ''t 'sss 'll'll",
    "<|startoftext|>",
    "<|endoftext|>",
    "<|startoftext|>a cat<|endoftext|>",
    "a <|endoftext|> cat <|endoftext|><|endoftext|>!",
    "<|STARTOFTEXT|> a cat <|ENDOFTEXT|>",
    "<|endoftext",
    "<|endoftext|",
    "<| endoftext |>",
    "</w> cat</w>",
    "!",
    "!!!",
    "wow! what a cat! !!",
    "(cat:1.3), [dog], {bird|fish}, ((very red)), cat::2",
    "8k, 4K, f/1.8, 35mm, 1/250 s, ISO 100, 3.14159, 1,000,000",
    "0123456789",
    "\u0660\u0661\u0662 \u0967\u0968\u0969 \u4e00\u4e8c\u4e09 \u00bd \u00b2 \u2167 \u2460",
    "snake_case camelCase kebab-case dotted.name a@b.example #tag /path/to\\file",
    "r\u00e9sum\u00e9 re\u0301sume\u0301",
    "A\u030a \u00c5 \u212b",
    "a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308",
    "\u0301alone",
    "\u1e9b\u0323 \u1e69 s\u0323\u0307 s\u0307\u0323",
    "stra\u00dfe STRASSE \u1e9e",
    "\u0130stanbul I\u0131 \u0131i",
    "\u01c4 \u01c5 \u01c6 \ufb01 \ufb03 \u0149",
    "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2 \u03a3\u0399\u03a3\u03a5\u03a6\u039f\u03a3",
    "\u043a\u043e\u0448\u043a\u0430 \u0438 \u041a\u041e\u0428\u041a\u0410",
    "\u732b \u732b\u306e\u5199\u771f \u30cd\u30b3 \ufeff\uff76\uff9e",
    "\u4e00\u53ea\u732b\u5750\u5728\u6c99\u53d1\u4e0a",
    "\uace0\uc591\uc774 \u1100\u1161\u11a8",
    "\u05d7\u05ea\u05d5\u05dc \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",
    "\u0642\u0637\u0629 \u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f \u06a9\u06cc\u06a9",
    "left \u202eright to left\u202c left \u2067isolated\u2069",
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u0915\u094d\u0937 \u0e41\u0e21\u0e27 \u0e19\u0e49\u0e33",
    "\U0001f600",
    "a \U0001f431 cat\U0001f431\U0001f431",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "\U0001f3f3\ufe0f\u200d\U0001f308 \U0001f1e9\U0001f1ea \U0001f1e9 1\ufe0f\u20e3",
    "\U0001f44d\U0001f3fd \u270c\ufe0e \u2764\ufe0f \u2764",
    "zero\u200bwidth\u200cnon\u200djoiner\u2060word\u00adsoft",
    "\ufeffa mark of byte order",
    "a nul\x00inside\x00",
    "\x00",
    "\x01\x02\x07\x08\x1b[31mred\x7f",
    "\x1c\x1d\x1e\x1f\x0b\x0c",
    "\ufffd \ufffe \uffff \U0010ffff \ue000 \U000e0041",
    "\U0001d54c\U0001d555\U0001d556 \U0001d7d8 \uff26\uff55\uff4c\uff4c",
    "\U0001f130 \u24b6 \u2122 \u00a9 \u00ae",
    "x" * 400,
    "x " * 400,
    "!" * 400,
    "7" * 100,
    "\U0001f431" * 60,
    "\u732b" * 120,
    "a cat, " * 60,
    "Donaudampfschifffahrtsgesellschaftskapit\u00e4nsm\u00fctze " * 8,
    "e\u0301" * 90,
    "<|endoftext|>" * 90,
    " " * 500 + "cat",
)

WORDS = tuple(
    re.findall(
        r"\w+",
        "a an the of in on with without under behind photo picture painting drawing sketch portrait landscape still life cat "
        "dog bird horse girl boy man woman child old young street house tree river mountain beach sky cloud sunset sunrise "
        "morning night winter summer snow rain fog light shadow red green blue yellow golden black white dark bright soft "
        "sharp detailed realistic cinematic wooden floor empty grass wall brick window door table chair lamp bicycle car "
        "masterpiece trending bokeh wide angle lens film grain watercolour oil ink style background foreground blurred",
    )
)

SIGNS = (" ", " ", " ", " ", ", ", ". ", "; ", " - ", "\u2014", "! ", "? ", " (", ") ", "'s ", "\n", "/", "_", ":1.2 ")

ELSEWHERE = (
    "ein Foto von einer Katze",
    "gr\u00fcne \u00c4pfel und s\u00fc\u00dfe K\u00fcrbisse",
    "une maison \u00e0 la fen\u00eatre bris\u00e9e",
    "l'\u0153uvre d'art fran\u00e7aise",
    "el ni\u00f1o y la cig\u00fce\u00f1a",
    "za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105 ja\u017a\u0144",
    "p\u0159\u00edli\u0161 \u017elu\u0165ou\u010dk\u00fd k\u016f\u0148",
    "\u00e7\u0131lg\u0131n \u011f\u00fcne\u015fli \u015eehir",
    "\u0444\u043e\u0442\u043e\u0433\u0440\u0430\u0444\u0438\u044f \u043a\u043e\u0448\u043a\u0438",
    "\u03c6\u03c9\u03c4\u03bf\u03b3\u03c1\u03b1\u03c6\u03af\u03b1",
    "\u05ea\u05de\u05d5\u05e0\u05d4 \u05e9\u05dc \u05d7\u05ea\u05d5\u05dc",
    "\u0635\u0648\u0631\u0629 \u0642\u0637\u0629",
    "\u092c\u093f\u0932\u094d\u0932\u0940 \u0915\u0940 \u0924\u0938\u094d\u0935\u0940\u0930",
    "\u0e23\u0e39\u0e1b\u0e41\u0e21\u0e27",
    "\u4e00\u5f20\u732b\u7684\u7167\u7247",
    "\u732b\u306e\u5199\u771f\u3092\u64ae\u308b",
    "\uace0\uc591\uc774 \uc0ac\uc9c4",
    "con m\u00e8o \u0111ang ng\u1ee7",
    "\u10d9\u10d0\u10e2\u10d0 \u053f\u0561\u057f\u0578\u0582",
)

EMOJI = "\U0001f600\U0001f431\U0001f308\U0001f468\U0001f469\U0001f3fd\U0001f1e9\U0001f1ea\u2764\u270c\u200d\ufe0f\ufe0e\u20e3"

RANGES = (
    (0x00, 0x7F),
    (0x80, 0x24F),
    (0x250, 0x5FF),
    (0x600, 0x9FF),
    (0xA00, 0x1FFF),
    (0x2000, 0x2BFF),
    (0x3000, 0x9FFF),
    (0xA000, 0xD7FF),
    (0xE000, 0xFFFF),
    (0x10000, 0x1FFFF),
    (0x20000, 0x10FFFF),
)


def prompts() -> list[str]:
    """All texts. None holds a lone surrogate: the reference can't read one."""
    dice = random.Random(13)
    found = list(TRICKY)
    found += [_sentence(dice, WORDS, dice.randint(2, 14)) for _ in range(330)]
    found += [_cased(dice, _sentence(dice, WORDS, dice.randint(2, 6))) for _ in range(100)]
    found += [_sentence(dice, ELSEWHERE, dice.randint(1, 4)) for _ in range(200)]
    found += ["".join(dice.choices(EMOJI, k=dice.randint(1, 9))) + dice.choice(("", " cat")) for _ in range(150)]
    found += [_characters(dice, dice.randint(1, 18)) for _ in range(380)]
    found += [_sentence(dice, WORDS + ELSEWHERE, dice.randint(60, 110)) for _ in range(70)]
    return found


def _sentence(dice: random.Random, words: tuple[str, ...], count: int) -> str:
    return "".join(dice.choice(words) + dice.choice(SIGNS) for _ in range(count))


def _cased(dice: random.Random, text: str) -> str:
    return "".join(dice.choice((char.upper(), char.lower(), char)) for char in text)


def _characters(dice: random.Random, count: int) -> str:
    """Signs of one or two ranges, whether anything is assigned there or not."""
    ranges = dice.sample(RANGES, 2)
    return "".join(chr(dice.randint(*dice.choice(ranges))) for _ in range(count))
