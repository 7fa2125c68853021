"""`homespun models`: what models exist, and bringing, checking and removing them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command, group
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import BLANK, Ink, Line, Span, dim, line, strong
from desktop.cli.wording import count
from homespun.errors import Damaged, NoConsent
from homespun.files import size_text

if TYPE_CHECKING:
    from engines.runtime import Timed
    from models import Checked, Listed

commands = group("models", "Get, check and remove the models that Homespun works with.")


def _known_ids(incomplete: str) -> list[tuple[str, str]]:
    """What the shell offers for MODEL."""
    import models

    return [(model.id, model.title) for model in models.catalog() if model.id.startswith(incomplete)]


One = Annotated[str, typer.Argument(metavar="MODEL", hidden=True, autocompletion=_known_ids)]
OneOrAll = Annotated[str | None, typer.Argument(metavar="[MODEL]", hidden=True, autocompletion=_known_ids)]


@command(commands, "list")
def list_models(out: Output) -> None:
    """List every model: what it is for, how large, under which licence, and whether it is here."""
    import models

    listing = models.listing()
    out.data({"models": [_object(each) for each in listing]})
    out.show(_list_lines(listing))


@command(commands, "get")
def get(
    out: Output,
    model: One,
    yes: Annotated[bool, typer.Option("--yes", help="Agree to the download without being asked.")] = False,
    mirror: Annotated[
        Path | None,
        typer.Option("--mirror", metavar="DIR", show_default=False, help="Copy it from this folder; no network."),
    ] = None,
) -> None:
    """Bring the model MODEL to this computer, and check it.

    A download happens only after your yes; server, size and licence are said first. It is checked by its sha256, and one
    that broke off goes on where it stopped. `--mirror DIR` takes it from DIR/MODEL instead, for a computer without
    internet: the models folder of another computer is such a folder.
    """
    import models
    from homespun.folders import folders
    from homespun.settings import load

    rules = load(folders().settings).models
    source = mirror or (Path(rules.mirror) if rules.mirror else None)
    folder = Path(os.path.abspath(source.expanduser())) if source else None
    # A mirror is for a computer without internet: what it lacks is said, never fetched, whatever --yes says.
    online = folder is None and rules.allow_downloads != "never"

    def bring(*, consent: bool) -> models.Located:
        with bar(out, f"Getting {model}", sizes=True) as progress:
            return models.get(model, consent=consent, mirror=folder, progress=progress)

    try:
        here = bring(consent=yes and online)
    except NoConsent as refusal:
        if not online:
            raise NoConsent(
                f"{model} is not on this computer, and downloads are switched off.",
                "Switch them on: homespun settings set models.allow_downloads ask. Or use --mirror DIR.",
            ) from None
        if yes:  # the person agreed already: this is about more than was announced
            raise
        question = f"Download {model}? It is {models.offer(model)}"
        out.agree(question, declined="Nothing was downloaded.", unasked=refusal.what)
        here = bring(consent=True)
    out.data({"model": here.model.id, "folder": os.fspath(here.folder), "source": str(here.source)})
    came = {
        "bundled": "It comes with Homespun",
        "local": "It was here already",
        "mirror": "Copied",
        "download": "Downloaded",
    }
    out.note([line(Span("Ready. ", Ink.GOOD), f"{came[str(here.source)]}: {here.folder}")])


@command(commands, "remove")
def remove(out: Output, model: One) -> None:
    """Delete the downloaded model MODEL, whole or partial."""
    import models

    freed = models.remove(model)
    out.data({"model": model, "bytes": freed})
    out.show([line(f"Removed {model}; that frees {size_text(freed)}.")])


@command(commands, "verify")
def verify(out: Output, model: OneOrAll = None) -> None:
    """Compare the files of MODEL, or of every model that is here, with their sha256."""
    import models

    checked: dict[str, list[Checked]] = {}
    for one in [model] if model else [located.model.id for located in models.installed()]:
        with bar(out, f"Checking {one}", sizes=True) as progress:
            checked[one] = models.verify(one, progress)
    wrong = [
        f"{one}/{file.name}"
        for one, files in checked.items()
        for file in files
        if file.state in (models.FileState.MISSING, models.FileState.WRONG_SIZE, models.FileState.WRONG_HASH)
    ]
    out.data({"models": [{"model": one, "files": [_file(each) for each in files]} for one, files in checked.items()]})
    for one, files in checked.items():
        out.show([line(strong(one))])
        out.show(_file_line(each) for each in files)
    if wrong:
        out.answered = True
        broken = wrong[0].partition("/")[0]
        raise Damaged(
            f"{count(len(wrong), 'file')} {'is' if len(wrong) == 1 else 'are'} not as it should be: {', '.join(wrong)}.",
            f"Bring it again: homespun models get {broken}",
        )


@command(commands, "bench")
def bench(out: Output, model: OneOrAll = None) -> None:
    """Time MODEL, or every model that is here, on the CPU and on each device that runs it rightly.

    One call at a time, as a person waits for it: the median of up to fifteen. Nothing is decided by this; what decides is
    `homespun probe`.
    """
    import models
    from engines.runtime import bench as timed
    from engines.runtime import cases_of

    for name in [model] if model else [one.model.id for one in models.installed()]:
        rows = []
        with bar(out, f"Timing {name}") as progress:
            cases = cases_of(name)
            for number, case in enumerate(cases):
                progress.report(number, len(cases), f"Timing {name}")
                rows.append((case.title, timed(case, progress)))
        out.data(
            {
                "model": name,
                "cases": [
                    {
                        "case": title,
                        "devices": [{"device": t.device, "ms": t.milliseconds, "failed": t.failed} for t in found],
                    }
                    for title, found in rows
                ],
            }
        )
        out.show(_bench_lines(rows))


def _bench_lines(rows: list[tuple[str, list[Timed]]]) -> Iterator[Line]:
    """What was timed, for a person."""
    for title, timed in rows:
        yield line(strong(title))
        fastest = min((one.milliseconds for one in timed if one.failed is None), default=0.0)
        for one in timed:
            if one.failed:
                yield line(Span(f"{one.device:<18}", Ink.WARN), f"did not run: {one.failed}", indent=2)
                continue
            ink = Ink.GOOD if one.milliseconds == fastest and len(timed) > 1 else Ink.PLAIN
            yield line(
                Span(f"{one.device:<18}", ink),
                f"{one.milliseconds:9.2f} ms",
                dim(f"  median of {count(one.calls, 'call')}"),
                indent=2,
            )


def _object(each: Listed) -> dict[str, Any]:
    model = each.model
    return {
        "model": model.id,
        "title": model.title,
        "task": str(model.task),
        "licence": model.licence,
        "terms": model.terms,
        "origin": model.origin,
        "bytes": model.size,
        "source": str(each.source) if each.source else None,
        "hashes": each.hashes,
        "partial_bytes": each.partial,
    }


def _list_lines(listing: list[Listed]) -> Iterator[Line]:
    for number, each in enumerate(listing):
        if number:
            yield BLANK
        model = each.model
        here = each.source is not None
        about = "" if all(file.size for file in model.files) else "about "
        size = f"{about}{size_text(model.size)}" if model.size else "size known at download"
        if each.source is not None:
            where = "comes with Homespun" if str(each.source) == "bundled" else "here"
        else:
            where = f"{size_text(each.partial)} of it here" if each.partial else "not here"
        yield line(strong(model.id), dim(f" · {size} · {model.licence} · "), Span(where, Ink.GOOD if here else Ink.DIM))
        yield line(model.title, indent=2)
        if not model.pinned:
            yield line(dim(f"sha256: {each.hashes}"), indent=2)


def _file(each: Checked) -> dict[str, Any]:
    return {
        "name": each.name,
        "state": str(each.state),
        "expected": each.expected,
        "found": each.found,
        "witness": str(each.witness) if each.witness else None,
    }


def _file_line(each: Checked) -> Line:
    state = str(each.state)
    inks = {"ok": Ink.GOOD, "unknown hash": Ink.DIM}
    witness = f" · sha256 {each.found[:12]}… by {each.witness}" if each.witness and each.found else ""
    return line(Span(f"{state:<12} ", inks.get(state, Ink.WARN)), each.name, dim(witness), indent=2)
