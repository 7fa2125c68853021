"""The editor: what its window shows, and what a person can do in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path

from desktop.state.doors import Doors, Later
from desktop.state.editing.base import DocumentProcess, Told, display_of
from desktop.state.editing.boxes import Box
from desktop.state.editing.choices import (
    BRUSH,
    EXEMPLAR,
    LARGEST_FACTOR,
    LONGEST,
    MOST_PIXELS,
    POINTERS,
    QUALITIES,
    STYLES,
    VARIANTS,
)
from desktop.state.editing.mask import NOTHING
from desktop.state.editing.saving import Saving
from desktop.state.editing.snapshot import Button, EditorSnapshot
from desktop.state.editing.wording import estimate_words, quality_tip
from desktop.words import say
from homespun.settings import Settings


class EditorState(Saving):
    """One editor window. Its snapshot stays the same object until something changes."""

    def __init__(
        self, worker: DocumentProcess, later: Later, doors: Doors, settings: Callable[[], Settings], folder: Path
    ) -> None:
        """`worker` is this window's own process, `folder` is `folders().data`."""
        super().__init__(worker, later, doors, settings, folder)
        self._shot: EditorSnapshot | None = None
        worker.start()

    def changed(self) -> None:
        """As `Observed` says; the next snapshot is a new one."""
        self._shot = None
        super().changed()

    # How the tools are set

    def set_tool(self, tool: str) -> None:
        """erase, fill, enlarge or select; filling waits until it is known whether something here can."""
        known = self.choices.painter is not None or bool(self.choices.qualities)
        self.choices.wanted = tool if tool == "fill" and not known else ""
        if tool in self.choices.tools and tool != self.choices.tool:
            self.choices.tool = tool
            self._pointed = None
            if self.job is None:
                self.done = None  # it spoke of another tool's work
            self._look_soon()
            self.changed()

    def set_pointer(self, pointer: str) -> None:
        """brush, lasso, box or click, as the tool offers them."""
        if pointer in POINTERS[self.choices.tool]:
            self.choices.pointers[self.choices.tool] = pointer
            self._pointed = None
            self._look_soon()
            self.changed()

    def _look_soon(self) -> None:
        """A click is answered from a look at the whole picture, which takes a while: begin before the first."""
        if self.choices.pointer == "click" and self.stage == "ready" and self.job is None:
            self.ask("look", {}, lambda _answer: None, failed=lambda _told: None)

    def set_brush(self, brush: int) -> None:
        """Its diameter, in pixels of the picture."""
        self.choices.brush = min(max(brush, BRUSH[0]), BRUSH[1])
        self.choices.brush_is_mine = True
        self.changed()

    def set_quality(self, quality: str) -> None:
        """instant, balanced or best; one that is off is not chosen."""
        if quality in QUALITIES and quality not in self.choices.qualities_off:
            self.choices.quality = quality
            self.changed()

    def set_factor(self, factor: int) -> None:
        """How many times as wide and high."""
        if 2 <= factor <= LARGEST_FACTOR:
            self.choices.factor = factor
            self.changed()

    def set_style(self, style: str) -> None:
        """faithful or restore."""
        if style in STYLES:
            self.choices.style = style
            self.changed()

    def set_prompt(self, prompt: str) -> None:
        """What should be there."""
        self.choices.prompt = prompt[:LONGEST]
        self.changed()

    def set_negative(self, negative: str) -> None:
        """What should not."""
        self.choices.negative = negative[:LONGEST]
        self.changed()

    def show_negative(self, shown: bool) -> None:
        """Whether there is a line for what should not be there; what stands in it counts only while it is seen."""
        self.choices.negative_shown = shown
        self.changed()

    def set_variants(self, variants: int) -> None:
        """So many results at once."""
        if variants in VARIANTS:
            self.choices.variants = variants
            self.changed()

    def set_colour(self, colour: str) -> None:
        """The mask's colour, a or b."""
        if colour in ("a", "b"):
            self.choices.colour = colour
            self.changed()

    # Comparing

    def want_original(self) -> None:
        """Have the picture as it was opened ready to be shown."""
        if self.original is not None or self.original_asked or self.stage != "ready":
            return
        self.original_asked = True

        def there(answer: Told) -> None:
            self.original = display_of(answer["display"])

        def failed(answer: Told) -> None:
            self.original_asked = False
            self.choices.compare = "off"
            self.tell_failure(answer)

        self.ask("original", {}, there, failed=failed)

    def compare_hold(self, held: bool) -> None:
        """Show the original as long as a key is held."""
        self._compare("hold" if held else "off")

    def compare_slider(self, shown: bool) -> None:
        """Show both, with a slider between them."""
        self._compare("slider" if shown else "off")

    def _compare(self, how: str) -> None:
        if self.stage == "empty" or how == self.choices.compare:
            return
        self.choices.compare = how
        if how != "off":
            self.want_original()
        self.changed()

    def worker_lost(self) -> None:
        """As the part below says; an original that was on its way is asked for again."""
        super().worker_lost()
        self.original_asked = self.original is not None

    # What is shown

    def snapshot(self) -> EditorSnapshot:
        """All that the window shows."""
        if self._shot is None:
            self._shot = self._taken()
        return self._shot

    def _taken(self) -> EditorSnapshot:
        choices, mask = self.choices, self.mask
        factors = choices.factors(self.width, self.height)
        return EditorSnapshot(
            stage=self.stage,
            title=self.title,
            path=self.path,
            subtitle=self._subtitle(),
            width=self.width,
            height=self.height,
            display=self.display,
            preview=self.preview,
            original=self.original,
            revision=self.revision,
            dirty=_together(self.dirty),
            tool=choices.tool,
            tools=choices.tools,
            pointer=choices.pointer,
            pointers=POINTERS[choices.tool],
            brush=choices.brush,
            quality=choices.effective_quality,
            qualities_off=choices.qualities_off,
            quality_tips=self._tips(),
            prompt=choices.prompt,
            negative=choices.negative,
            negative_shown=choices.negative_shown,
            variants=choices.variants,
            factor=choices.factor,
            factors=factors,
            style=choices.style,
            styles=(("faithful", say("editor.style.faithful")), ("restore", say("editor.style.restore"))),
            result_size=self._result_size(),
            mask=mask,
            mask_revision=self.mask_revision,
            mask_dirty=_together(self.mask_dirty),
            mask_empty=mask is None or not mask.marked,
            mask_colour=choices.colour,
            estimate=self._estimate(),
            working=self.working,
            button=self._button(),
            notice=self.notice,
            done=self.done,
            can_undo=self.can_undo,
            can_redo=self.can_redo,
            compare=choices.compare,
            unsaved=self.unsaved,
            writing=self.writing > 0,
            changes=self.changes,
            edited=self.edited,
            asking_where=self.asking_where,
        )

    def _subtitle(self) -> str:
        if self.stage == "empty":
            return ""
        if self.stage == "opening":
            return say("editor.opening", title=self.title)
        if self.changes:
            return say("editor.unsaved", count=self.changes)
        if self.saved_as:
            return say("editor.saved", name=self.saved_as)
        return say("editor.size", width=self.width, height=self.height)

    def _tips(self) -> dict[str, str]:
        """What each quality means on this computer."""
        choices = self.choices
        tips = {}
        for quality in QUALITIES:
            filler = choices.qualities.get(quality, EXEMPLAR)
            if quality in choices.qualities_off:
                tips[quality] = say("editor.tip_no_model") if filler == EXEMPLAR else say("editor.tip_same")
            else:
                tips[quality] = quality_tip(filler, self.paces.device(filler))
        return tips

    def _result_size(self) -> str:
        width, height = self.width * self.choices.factor, self.height * self.choices.factor
        if not width:
            return ""
        megapixels = width * height / 1e6
        shown = round(megapixels, 1) if megapixels < 10 else round(megapixels)
        return say("editor.result_size", width=width, height=height, megapixels=shown)

    def _estimate(self) -> str:
        if self.stage == "empty":
            return ""
        if self.choices.tool == "enlarge":
            what, pixels = self._enlarger, self.width * self.height
        elif self.choices.tool == "fill":
            what, pixels = self.fill_pace
        else:
            what, pixels = self.choices.filler, self.mask.marked if self.mask is not None else 0
        device = self.paces.device(what) or ("cpu" if what == EXEMPLAR else "")
        return estimate_words(device, self.paces.seconds(what, device, pixels) if pixels else None)

    def _button(self) -> Button:
        if self.job is not None:
            return Button(say("common.stop"), not self.job.stopping, say("editor.tip_stop"), stops=True)
        ready = self.stage == "ready" and not self.rebuilding
        if self.choices.tool == "enlarge":
            possible = ready and self.width * self.height * self.choices.factor**2 <= MOST_PIXELS
            tip = say("editor.tip_too_large") if ready and not possible else ""
            return Button(say("editor.enlarge"), possible, tip)
        words = say("editor.fill") if self.choices.tool == "fill" else say("editor.erase")
        if not ready:
            return Button(words, False, say("editor.tip_opening") if self.stage == "opening" else "")
        if self.choices.tool == "fill":
            missing = self.missing
            return Button(words, not missing, missing or (say("editor.fill.once_more") if self.fills_again else ""))
        if self.mask is None or not self.mask.marked:
            return Button(words, False, say("editor.tip_paint"))
        return Button(words, True, "")


def _together(boxes: deque[Box | None]) -> Box | None:
    """One box around the last changes; None = everything."""
    joined = NOTHING
    for box in boxes:
        if box is None:
            return None
        joined = joined.joined(box)
    return joined if boxes else None
