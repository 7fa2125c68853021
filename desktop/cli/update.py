"""`homespun update`: newer versions, asked for and brought only after a yes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desktop.cli.command import command, group
from desktop.cli.longwork import bar
from desktop.cli.output import Output
from desktop.cli.page import Ink, Line, Span, dim, line, strong
from desktop.cli.wording import moment_text
from desktop.updates.places import cache_folder, memory_file, server
from homespun.errors import UsageError
from homespun.files import size_text

if TYPE_CHECKING:
    from desktop.updates import Found, Standing, Trust
    from installer.versions import Installation

commands = group("update", "Ask for a newer version, bring it, or go back to the one before.")

Yes = Annotated[bool, typer.Option("--yes", help="Agree without being asked.")]

NOTHING_ELSE = "That is one request, which says nothing about you or this computer."


@command(commands, "status")
def status(out: Output) -> None:
    """Show which version runs, how newer ones come here, and what was tried. Asks no server."""
    from desktop.updates import standing

    now = standing(server=server(), memory=memory_file())
    out.data(_object(now))
    out.show(_status_lines(now))


@command(commands, "check")
def check(out: Output, yes: Yes = False) -> None:
    """Ask whether there is a newer version.

    One request is sent, after your yes, and says nothing about you or this computer. The answer is believed only when
    Homespun's key signed it.
    """
    here, trusted = _trusted()
    _agree(out, trusted, yes=yes)
    found = _ask(out, here, trusted)
    out.data(_found(here, found))
    out.show(_found_lines(here, found))
    _tell_how(out, here, found)


@command(commands, "install")
def install(
    out: Output,
    yes: Yes = False,
    again: Annotated[bool, typer.Option("--again", help="Take a version that was taken back once.")] = False,
) -> None:
    """Bring the newest version, and start it the next time.

    It is downloaded beside the one that runs, checked, and tried; then the next start is of the new one. If that fails
    twice, Homespun goes back by itself. Whatever stops this, the version that runs goes on working.
    """
    from desktop.updates import Step, Verdict, standing
    from desktop.updates import install as bring
    from installer.versions import Kind

    here, trusted = _trusted()
    if here.kind is not Kind.WINDOWS:
        raise UsageError("This installation doesn't bring newer versions by itself.", standing(here).way)
    _agree(out, trusted, yes=yes)
    found = _ask(out, here, trusted)
    wanted = {Verdict.NEWER, Verdict.REFUSED} if again else {Verdict.NEWER}
    if found.verdict not in wanted or found.file is None:
        out.data({**_found(here, found), "installed": False})
        out.show(_found_lines(here, found))
        _tell_how(out, here, found)
        return
    out.note(_found_lines(here, found))
    if not yes:
        question = f"Download and install Homespun {found.manifest.version}, {size_text(found.file.size)}?"
        out.agree(question, declined="Nothing was downloaded.", unasked="Nothing was downloaded.")
    words = {Step.UNPACK: "Unpacking", Step.TRY: "Trying it", Step.TIDY: "Tidying up"}
    with bar(out, f"Getting Homespun {found.manifest.version}", sizes=True) as progress:
        version = bring(
            found,
            here,
            cache_folder(),
            progress,
            again=again,
            tell=lambda step: progress.report(0, 0, words.get(step, "")),
        )
    out.data({**_found(here, found), "installed": True})
    out.show(
        [line(Span("Ready. ", Ink.GOOD), f"Homespun {version} starts the next time; {here.version} stays beside it.")]
    )
    out.note([line(dim("To use it now, quit Homespun and start it again. To go back: homespun update roll-back"))])


@command(commands, "roll-back")
def roll_back(out: Output) -> None:
    """Go back to the version before, from the next start on.

    The settings and the index stay. The version that was left is not installed again unless you ask for it.
    """
    from desktop.updates import roll_back as back
    from installer.versions import this_installation

    left, now = back(this_installation(), cache_folder())
    out.data({"left": left, "version": now})
    out.show([line(f"Homespun {now} starts the next time, and no longer {left}.")])


def _trusted() -> tuple[Installation, Trust]:
    """This installation and whom it believes. Raises `UsageError` with the way that newer versions come here instead."""
    from desktop.updates import standing, trust
    from installer.versions import Kind, this_installation

    here = this_installation()
    try:
        return here, trust(here, server=server())
    except UsageError as error:
        if here.kind is Kind.WINDOWS:
            raise
        raise UsageError(error.what, standing(here).way) from error


def _agree(out: Output, trusted: Trust, *, yes: bool) -> None:
    from models.fetch import host

    if yes:
        return
    question = f"Ask {host(trusted.address)} whether there is a newer Homespun? {NOTHING_ELSE}"
    unasked = f"This would ask {host(trusted.address)} whether there is a newer Homespun. {NOTHING_ELSE}"
    out.agree(question, declined="Nobody was asked.", unasked=unasked)


def _ask(out: Output, here: Installation, trusted: Trust) -> Found:
    from desktop.updates import check as ask

    with bar(out, "Asking") as progress:
        return ask(here, trusted, memory_file(), progress)


def _object(now: Standing) -> dict[str, Any]:
    return {
        "kind": str(now.kind),
        "version": now.version,
        "platform": now.platform,
        "way": now.way,
        "server": now.server,
        "why_not": now.why_not,
        "previous": now.previous,
        "refused": now.refused,
        "failed": now.failed,
        "next": now.next,
        "checked": now.checked.isoformat() if now.checked else None,
        "newest": now.newest,
    }


def _found(here: Installation, found: Found) -> dict[str, Any]:
    return {
        "running": here.version,
        "newest": found.manifest.version,
        "verdict": str(found.verdict),
        "bytes": found.file.size if found.file else None,
        "url": found.url,
        "notes": dict(found.manifest.notes),
    }


def _status_lines(now: Standing) -> Iterator[Line]:
    yield line(strong(f"Homespun {now.version}"), dim(f" · {now.platform} · {now.kind}"))
    if now.notice:
        yield line(Span(now.notice, Ink.WARN))
    elif now.refused:
        yield line(f"You went back from {now.refused}.")
    if now.next != now.version:
        yield line(f"{now.next} starts the next time.")
    if now.why_not:
        yield line(now.why_not)
    yield line(now.way)
    if now.server:
        yield line(dim(f"A check would ask {now.server}"))
    if now.checked:
        yield line(
            dim(f"Last check: {moment_text(now.checked.astimezone().isoformat())}, when the newest was {now.newest}.")
        )
    if now.previous:
        yield line(dim(f"The version before is {now.previous}: homespun update roll-back"))


def _found_lines(here: Installation, found: Found) -> Iterator[Line]:
    newest = found.manifest.version
    if found.verdict == "newest":
        yield line(Span("Up to date. ", Ink.GOOD), f"Homespun {here.version} is the newest.")
        return
    yield line(strong(f"Homespun {newest}"), dim(f" · this is {here.version}"))
    for paragraph in found.manifest.notes.get("en", "").splitlines():
        yield line(paragraph, indent=2)


def _tell_how(out: Output, here: Installation, found: Found) -> None:
    from desktop.updates import standing

    newest = found.manifest.version
    hints = {
        "newer": "To bring it: homespun update install",
        "by hand": standing(here).way,
        "installer": f"Homespun {here.version} is too old to become it by itself: run the installer of {newest}.",
        "elsewhere": "There is no file of it for this system.",
        "refused": f"{newest} was taken back here. To try it once more: homespun update install --again",
    }
    if hint := hints.get(str(found.verdict)):
        out.note([line(dim(hint))])
