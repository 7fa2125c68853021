"""The mark of an edited picture: IPTC's digital source type, in XMP, and what painted it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Mark:
    """How a picture was changed; and where words were painted, with what, and which: IPTC's properties of 2025."""

    edit: Edit
    system: str = ""
    version: str = ""
    prompt: str = ""

    @staticmethod
    def of(mark: Mark | Edit | bool | None) -> Mark | None:
        """True is `Edit.GENERATED`, False is none."""
        if isinstance(mark, Edit):
            return Mark(mark)
        if isinstance(mark, bool):
            return Mark(Edit.GENERATED) if mark else None
        return mark

    def properties(self) -> Iterator[tuple[str, str]]:
        """Names in IPTC's extension schema, with what they say; those that say something."""
        yield "DigitalSourceType", self.edit.uri
        for name, value in (
            ("AISystemUsed", self.system),
            ("AISystemVersionUsed", self.version),
            ("AIPromptInformation", self.prompt),
        ):
            if value.strip():
                yield name, value.strip()
