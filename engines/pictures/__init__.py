"""Pictures as files: opened and saved without losing anything, cut into regions to fill.

`Picture.open` gives pixels that stand upright and carries along everything else; `picture.save` writes the same format again.
`find_regions` cuts a mask into regions, and `fill_regions` changes nothing outside them, to the bit. All reading and writing of
picture files happens in this room.
"""

from engines.pictures.boxes import Box
from engines.pictures.errors import BadPicture, NameTaken, PictureTooLarge, UnknownPicture, WrongMask
from engines.pictures.fillers import Filler
from engines.pictures.glimpse import Glimpse, glimpse
from engines.pictures.hidden import shown
from engines.pictures.marks import Edit, Mark
from engines.pictures.masks import box_mask, polygon_mask, read_mask, save_mask, widened
from engines.pictures.names import output_path
from engines.pictures.picture import Picture
from engines.pictures.regions import Region, check_mask, fill_regions, find_regions, grow_for
from engines.pictures.screen import Screen

__all__ = [
    "BadPicture",
    "Box",
    "Edit",
    "Filler",
    "Glimpse",
    "Mark",
    "NameTaken",
    "Picture",
    "PictureTooLarge",
    "Region",
    "Screen",
    "UnknownPicture",
    "WrongMask",
    "box_mask",
    "check_mask",
    "fill_regions",
    "find_regions",
    "glimpse",
    "grow_for",
    "output_path",
    "polygon_mask",
    "read_mask",
    "save_mask",
    "shown",
    "widened",
]
