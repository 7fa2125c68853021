"""Taking things out of pictures: one door, `erase`, and the fillers behind it.

`Quality.INSTANT` fills from the surroundings, with nothing to download; `BALANCED` and `BEST` use a network where its
model is on the disk. What is erased, and what not, is up to the mask: nothing outside it changes, but for a rim of a few
pixels and the soft shadow beside it.
"""

from engines.erase.door import Erased, Quality, erase
from engines.erase.growth import grown_by_content
from engines.erase.measures import Measures, measure

__all__ = ["Erased", "Measures", "Quality", "erase", "grown_by_content", "measure"]
