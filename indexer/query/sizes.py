"""Sizes as people write them: "larger than 20 MB", "under 1MB", "between 1 and 5 GB", ">500kb"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.query import vocabulary as v


@dataclass(frozen=True, slots=True)
class Size:
    """The words from `start` until before `end` ask for `least` to `most` bytes; either may be open.

    `firm`: they can hardly mean anything but files ("larger than", not "over").
    """

    start: int
    end: int
    least: int | None
    most: int | None
    firm: bool


_AMOUNT = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?)([a-z]*)")
_SIGNED = re.compile(r"([<>≥≤])(=?)(.*)")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")


class Sizes:
    """Reads sizes out of the keys of a sentence."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = (*keys, "", "", "", "")

    def at(self, i: int) -> Size | None:
        """The size that begins with the word `i`, or None."""
        found = self._compared(i) or self._signed(i) or self._between(i) or self._or_more(i)
        if found and self.keys[found.end] == "in" and self.keys[found.end + 1] == "size":
            return Size(i, found.end + 2, found.least, found.most, True)
        return found

    def _compared(self, i: int) -> Size | None:
        key, following = self.keys[i], self.keys[i + 1]
        than = following == v.THAN
        if key == "at" and following in ("least", "most"):
            amount = self._amount(i + 2)
            return amount and _bounded(i, amount, up=following == "least", firm=False)
        if (key in v.LARGER or key in v.SMALLER) and than:
            amount = self._amount(i + 2)
            return amount and _bounded(i, amount, up=key in v.LARGER, firm=True)
        if key in v.MORE or key in v.LESS:
            amount = self._amount(i + 1 + than)
            return amount and _bounded(i, amount, up=key in v.MORE, firm=False)
        return None

    def _signed(self, i: int) -> Size | None:
        """>20mb, > 20 mb, <= 5 MB."""
        sign = _SIGNED.fullmatch(self.keys[i])
        if sign is None:
            return None
        amount = self._amount_of(sign[3], self.keys[i + 1], i) if sign[3] else self._amount(i + 1)
        return amount and _bounded(i, amount, up=sign[1] in ">≥", firm=True)

    def _between(self, i: int) -> Size | None:
        """Between 1 and 5 MB: the first takes the unit of the second if it has none."""
        if self.keys[i] != "between":
            return None
        first = self._amount(i + 1)
        number = _AMOUNT.fullmatch(self.keys[i + 1])
        if first is None and (number is None or number[2]):
            return None
        end = first[1] if first else i + 2
        last = self._amount(end + 1) if self.keys[end] in v.AND else None
        if last is None:
            return None
        assert number is not None
        least = first[0] if first else int(_number(number[1]) * last[2])
        return Size(i, last[1], least, last[0], False) if least < last[0] else None

    def _or_more(self, i: int) -> Size | None:
        """20 MB or more."""
        amount = self._amount(i)
        if amount is None or self.keys[amount[1]] != "or":
            return None
        last = self.keys[amount[1] + 1]
        if last in v.LARGER or last == "more":
            return Size(i, amount[1] + 2, amount[0], None, False)
        if last in v.SMALLER or last == "less":
            return Size(i, amount[1] + 2, None, amount[0], False)
        return None

    def _amount(self, i: int) -> tuple[int, int, int] | None:
        """Bytes, where the amount ends, and its unit in bytes."""
        return self._amount_of(self.keys[i], self.keys[i + 1], i)

    def _amount_of(self, key: str, following: str, i: int) -> tuple[int, int, int] | None:
        found = _AMOUNT.fullmatch(key)
        if found is None:
            return None
        unit = v.SIZE_UNITS.get(found[2] or following)
        return (int(_number(found[1]) * unit), i + 1 + (not found[2]), unit) if unit else None


def _number(text: str) -> float:
    return float(text.replace(",", "" if _THOUSANDS.fullmatch(text) else "."))


def _bounded(i: int, amount: tuple[int, int, int], *, up: bool, firm: bool) -> Size:
    return Size(i, amount[1], amount[0] if up else None, None if up else amount[0], firm)


def size_of(value: str) -> tuple[int | None, int | None] | None:
    """The least and most bytes of an operator's value such as ">20mb" or "<1GB"; None if it is no size."""
    found = Sizes([value.lower()]).at(0)
    return (found.least, found.most) if found and found.end == 1 else None
