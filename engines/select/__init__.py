"""Clicks, a box, a lasso or a scribble → the mask of an object.

`Selector(photo)` looks at the photo once and needs no weights; `select(Hints(...))` answers each click. `Sam.open()` is the
learned tier (MobileSAM, once downloaded): `sam.selector(photo)` answers in the same way. `WrongHints` is what a person is
told about hints that make no sense.
"""

from engines.select.hints import MOST, Hints, WrongHints
from engines.select.sam import Sam, SamSelector
from engines.select.selector import Selector

__all__ = ["MOST", "Hints", "Sam", "SamSelector", "Selector", "WrongHints"]
