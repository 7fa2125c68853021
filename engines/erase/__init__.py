"""Taking things out of pictures: one door, `erase`, and the fillers behind it.

`Quality.INSTANT` fills from the surroundings, with nothing to download; `BALANCED` and `BEST` use a network where its
model is on the disk. What is erased, and what not, is up to the mask: nothing outside it changes, but for a rim of a few
pixels and the soft shadow beside it.
"""

from engines.erase.door import EXEMPLAR, Erased, Quality, erase, filler_for, fillers
from engines.erase.growth import grown_by_content
from engines.erase.measures import Measures, measure

__all__ = [
    "EXEMPLAR",
    "Erased",
    "Measures",
    "Quality",
    "erase",
    "filler_for",
    "fillers",
    "grown_by_content",
    "measure",
]
