"""The mark of an edited picture: IPTC's digital source type, in XMP."""

from __future__ import annotations

from enum import Enum


class Edit(Enum):
    """How a picture was changed, by the terms of IPTC's vocabulary "digital source type"."""

    GENERATED = "compositeWithTrainedAlgorithmicMedia"
    """Parts were made up: something was erased, filled or painted in."""
    ENHANCED = "algorithmicallyEnhanced"
    """The whole was changed by an algorithm that adds nothing of its own: enlarged, cleaned."""

    @property
    def uri(self) -> str:
        """The term as it stands in a file."""
        return f"http://cv.iptc.org/newscodes/digitalsourcetype/{self.value}"
