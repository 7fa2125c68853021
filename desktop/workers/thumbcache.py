"""Thumbnails that outlive the app: on Linux in the place that all programs share, elsewhere in our own cache.

Freedesktop's thumbnail specification: a PNG named by the MD5 of the file's URI, in a folder for its size; valid as long as
the URI and the time of the last change that it carries are the file's.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes

from PIL import Image, PngImagePlugin, UnidentifiedImageError

from desktop.workers.glance import glance
from engines.pictures import UnknownPicture
from engines.pictures.limits import BROKEN
from homespun.errors import HomespunError, NotFound
from homespun.folders import folders, make_private

SIZES = {"normal": 128, "large": 256, "x-large": 512}
"""The specification's folders and the longest side in each; what is larger isn't kept."""

SAFE = "/!$&'()*+,-.:=@_~"
"""What GLib leaves as it is in a file's URI. Another choice would look for another MD5 than all other programs."""

IN_THE_CLOUD = 0x0040_0000 | 0x1000
"""Windows: reading it would download it (recall on data access, offline)."""

EXACTLY = "Homespun::MTimeNS"
"""Beside the specification's whole seconds, in which a file may be written twice: the exact time, in our own ones."""

MOST_KEPT = 200_000_000
"""Bytes of our own cache above which the oldest thumbnails go; the shared one has its own cleaners."""


def uri_of(path: Path) -> str:
    """The file's URI as GLib writes it."""
    return "file://" + quote_from_bytes(os.fsencode(path.absolute()), safe=SAFE)


@dataclass(frozen=True)
class ThumbCache:
    """The folder that holds `normal`, `large` and `x-large`."""

    folder: Path

    @staticmethod
    def of_this_person() -> ThumbCache:
        """The shared one on Linux; our own on other systems and below HOMESPUN_HOME."""
        if sys.platform == "linux" and not os.environ.get("HOMESPUN_HOME"):
            base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
            return ThumbCache(Path(base).expanduser() / "thumbnails")
        own = ThumbCache(folders().cache / "thumbnails")
        own.prune(MOST_KEPT)
        return own

    def of(self, path: Path, size: int) -> Image.Image:
        """The picture of `path`, its longer side at most `size` pixels; kept if it can be. Raises as `glance`."""
        changed = _looked_at(path).st_mtime_ns
        name = next((name for name, longest in SIZES.items() if size <= longest), None)
        if name is None or path.absolute().is_relative_to(self.folder):  # a thumbnail has no thumbnail
            return glance(path, size)
        uri = uri_of(path)
        place = self.folder / name / (hashlib.md5(uri.encode(), usedforsecurity=False).hexdigest() + ".png")
        found = self._kept(place, uri, changed, SIZES[name])
        if found is None:
            found = glance(path, SIZES[name])
            self._keep(place, found, uri, changed)
        return _at_most(found, size)

    def prune(self, most: int) -> None:
        """Delete the oldest thumbnails until at most `most` bytes are kept."""
        kept = []
        for name in SIZES:
            with suppress(OSError):
                kept += [(one.stat().st_mtime, one.stat().st_size, one.path) for one in os.scandir(self.folder / name)]
        spare = sum(size for _, size, _ in kept) - most
        for _, size, path in sorted(kept):
            if spare <= 0:
                break
            with suppress(OSError):
                os.unlink(path)
            spare -= size

    @staticmethod
    def _is_of(text: Mapping[str, str], uri: str, changed: int) -> bool:
        """Whether a thumbnail with this text is of that file in that state."""
        seconds = text.get("Thumb::MTime", "").partition(".")[0]
        return (
            text.get("Thumb::URI") == uri
            and seconds == str(changed // 10**9)
            and text.get(EXACTLY, str(changed)) == str(changed)
        )

    def _kept(self, place: Path, uri: str, changed: int, longest: int) -> Image.Image | None:
        """What was kept, unless it is of another file or an older state. Any program may have written it: it is checked."""
        try:
            with Image.open(place, formats=("PNG",)) as image:
                if not self._is_of(getattr(image, "text", {}), uri, changed):
                    return None
                if max(image.size) > longest:
                    return None
                image.load()
                return image.convert("RGBA" if image.has_transparency_data else "RGB")
        except (*BROKEN, UnidentifiedImageError):
            return None

    def _keep(self, place: Path, small: Image.Image, uri: str, changed: int) -> None:
        """Write it whole or not at all, for this person's eyes; without room there is just no cache."""
        text = PngImagePlugin.PngInfo()
        text.add_text("Thumb::URI", uri)
        text.add_text("Thumb::MTime", str(changed // 10**9))
        text.add_text(EXACTLY, str(changed))
        text.add_text("Software", "Homespun")
        temporary = ""
        try:
            make_private(place.parent)
            handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".homespun-", suffix=".part")  # 0600
            with os.fdopen(handle, "wb") as stream:
                small.save(stream, "PNG", pnginfo=text, compress_level=3)
            os.replace(temporary, place)
        except (OSError, HomespunError):
            if temporary:
                with suppress(OSError):
                    os.unlink(temporary)


def _looked_at(path: Path) -> os.stat_result:
    """What the system says of the file. Raises for what must not be opened for a glance."""
    try:
        found = path.stat()
    except OSError as error:
        raise NotFound(f"{path} is not there.", "Check the path.") from error
    if not stat.S_ISREG(found.st_mode):  # a pipe or a device would never end
        raise UnknownPicture(f"{path} is not a file.", "Name a picture.")
    if getattr(found, "st_file_attributes", 0) & IN_THE_CLOUD:
        raise UnknownPicture(f"{path} is not on this computer.", "Open it to fetch it.")
    return found


def _at_most(image: Image.Image, size: int) -> Image.Image:
    if max(image.size) <= size:
        return image
    share = size / max(image.size)
    wanted = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(wanted, Image.Resampling.BICUBIC)
