"""One look for each part: settings, folders, menus, models, the index, and what broken-off updates left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from desktop.repair.finding import Ask, Finding, Part, State
from desktop.repair.program import look_at_program
from homespun.errors import Damaged, HomespunError, NotFound
from homespun.folders import folders, make_private
from installer.versions import Kind, Layout, this_installation


def look(parts: Sequence[Part], ask: Ask) -> Iterator[Finding]:
    """What is found of `parts`, one by one, mended where `ask` allows it. Raises `Cancelled`."""
    for part in parts:
        try:
            yield from PARTS[part](ask)
        except HomespunError as error:  # one part that can't be looked at must not hide the others
            yield Finding(part, State.BROKEN, error.what, error.todo)


def _updates(ask: Ask) -> Iterator[Finding]:
    """Leftovers of updates that were cut off."""
    from desktop.updates.apply import archives, exclusively

    here, cache = this_installation(), folders().cache / "updates"
    layout = Layout(here.root) if here.kind is Kind.WINDOWS else None
    left = (*(layout.leftovers() if layout else ()), *archives(cache))
    if not left:
        yield Finding(Part.UPDATES, State.FINE, "No update was left half-done.")
        return
    found = Finding(
        Part.UPDATES,
        State.NOTE,
        "An update that was cut off has left something behind.",
        "To delete it: homespun repair",
        tuple(map(os.fspath, left)),
    )
    if ask.mend:
        with exclusively(cache):
            if layout:
                layout.tidy(running=(here.version,))
            for path in archives(cache):
                path.unlink(missing_ok=True)
        found = found.mended("It was deleted.")
    yield found


def _folders(ask: Ask) -> Iterator[Finding]:
    """Our own folders: there, ours to write, and closed to others."""
    places = folders()
    wrong = False
    for name, path in (("data", places.data), ("cache", places.cache), ("settings", places.config)):
        if (found := _folder(name, path)) is None:
            continue
        wrong = True
        if ask.mend and path.is_dir() and os.name == "posix":
            make_private(path)
            if os.access(path, os.R_OK | os.W_OK | os.X_OK):
                found = found.mended("It is yours alone now.")
        yield found
    if not wrong:
        yield Finding(Part.FOLDERS, State.FINE, "The folders are there, and yours alone.")


def _folder(name: str, path: Path) -> Finding | None:
    """What is wrong with one folder; None when nothing is, or it isn't needed yet."""
    if not os.path.lexists(path):
        return None
    if not path.is_dir():
        return Finding(
            Part.FOLDERS, State.BROKEN, f"{path}, for {name}, is no folder.", "Move that file somewhere else."
        )
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            Part.FOLDERS, State.BROKEN, f"The folder {path}, for {name}, can't be written.", "Make it writable."
        )
    if os.name == "posix" and name != "settings" and path.stat().st_mode & 0o077:
        return Finding(
            Part.FOLDERS, State.BROKEN, f"Others may look into {path}, where the {name} is.", f"Run: chmod 700 {path}"
        )
    return None


def _settings(_ask: Ask) -> Iterator[Finding]:
    """The settings file: read as every command reads it. It is the person's, so it is never changed."""
    from homespun.settings import load, unknown_keys

    path = folders().settings
    load(path)
    unknown = unknown_keys(path)
    if unknown:
        yield Finding(
            Part.SETTINGS,
            State.NOTE,
            f"{path} has settings that don't exist; they have no effect.",
            "Correct them, or delete the lines.",
            tuple(f"line {one.line}: {one.key}" for one in unknown),
        )
    else:
        yield Finding(
            Part.SETTINGS, State.FINE, "The settings are fine." if path.exists() else "The settings are as they come."
        )


def _menus(ask: Ask) -> Iterator[Finding]:
    """The entries in right-click menus: those that we wrote and that don't work any more."""
    from desktop import menus

    broken = [one for one in menus.status() if one.state == "broken"]
    if not broken:
        yield Finding(Part.MENUS, State.FINE, "The right-click menus are as they were left.")
        return
    outcomes = {one.target: one for one in menus.install([one.target for one in broken])} if ask.mend else {}
    after = {one.target: one.state for one in menus.status()} if ask.mend else {}
    for one in broken:
        found = Finding(Part.MENUS, State.BROKEN, f"The menu of {one.target}: {one.words}", "Run: homespun repair")
        if after.get(one.target) == "present":
            found = found.mended("It was written again.")
        elif (outcome := outcomes.get(one.target)) is not None:
            todo = outcome.todo or "Run: homespun shell status"
            found = Finding(Part.MENUS, State.BROKEN, f"{found.what} {outcome.why}".strip(), todo)
        yield found


def _models(ask: Ask) -> Iterator[Finding]:
    """Every model that is here, by its hashes."""
    import models

    wrong = 0
    for model in models.catalog():
        try:
            checked = models.verify(model.id, ask.progress)
        except NotFound:
            continue
        bad = [one for one in checked if one.state in (models.FileState.WRONG_HASH, models.FileState.WRONG_SIZE)]
        missing = [one for one in checked if one.state is models.FileState.MISSING]
        if not bad and (not missing or not model.bundled):  # a download that broke off is no damage
            continue
        wrong += 1
        yield _model(model.id, model.title, tuple(one.name for one in (*bad, *missing)), ask)
    if not wrong:
        yield Finding(Part.MODELS, State.FINE, "The models are whole.")


def _model(name: str, title: str, files: tuple[str, ...], ask: Ask) -> Finding:
    """A damaged model, brought again if there is a way."""
    import models
    from homespun.settings import load

    rules = load(folders().settings).models
    mirror = Path(rules.mirror) if rules.mirror else None
    found = Finding(Part.MODELS, State.BROKEN, f"{title} is damaged.", f"Run: homespun models get {name}", files)
    if models.catalog()[name].bundled:
        return Finding(
            Part.MODELS, State.BROKEN, found.what, "Repair or install Homespun again: it comes with it.", files
        )
    if not ask.mend:
        return found
    consent = mirror is None and rules.allow_downloads != "never" and ask.agree(
        f"{title} is damaged. Download it again? It is {models.offer(name)}"
    )  # fmt: skip
    if mirror is None and not consent:
        return found
    models.get(name, consent=consent, mirror=mirror, progress=ask.progress)
    return found.mended("It was brought again.")


def _index(ask: Ask) -> Iterator[Finding]:
    """The index, by its own check."""
    import indexer
    from indexer.anew import make_anew

    path = folders().index
    if not path.exists():
        yield Finding(Part.INDEX, State.FINE, "There is no index yet.")
        return
    try:
        with indexer.open_index() as index:
            index.store.check()
    except Damaged as error:
        found = Finding(Part.INDEX, State.BROKEN, error.what, error.todo)
        question = "The index is damaged. Move it aside and read the same folders again? Your files are not touched."
        if ask.mend and ask.agree(question):
            aside = make_anew().aside
            found = found.mended(f"It was moved to {aside}; homespun index run reads your folders again.")
        yield found
        return
    yield Finding(Part.INDEX, State.FINE, "The index is sound.")


PARTS: Mapping[Part, Callable[[Ask], Iterator[Finding]]] = {
    Part.PROGRAM: look_at_program,
    Part.UPDATES: _updates,
    Part.FOLDERS: _folders,
    Part.SETTINGS: _settings,
    Part.MENUS: _menus,
    Part.MODELS: _models,
    Part.INDEX: _index,
}
