"""The sentences that the floors below can say, collected from their code: {1}, {2}… stand for what they put in."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from engines.erase import Quality
from engines.runtime.contract import Device, DeviceName, Kind
from engines.runtime.contract import Reason as DeviceReason
from engines.runtime.reasons import sentence
from indexer.ignore import Cause, Reason, refusal
from indexer.patterns import Pattern
from indexer.readers.families import VERSIONS
from indexer.roots import Root, RootAway, RootState

ROOT = Path(__file__).parents[3]
ERRORS = {
    *("HomespunError", "UsageError", "NotFound", "Busy", "Damaged", "NoSpace", "NoPermission", "NetworkError"),
    *("NoConsent", "BadPicture", "PictureTooLarge", "UnknownPicture", "WrongMask", "WrongHints", "DeviceRefused"),
    *("Unreadable", "CannotStart", "NameTaken"),
}
ROOMS = (
    "homespun",
    "models",
    "engines",
    "indexer",
    "desktop/workers",
    "desktop/jobs",
    "desktop/updates",
    "desktop/menus.py",
    "desktop/cli/opener.py",
)

FAMILY = re.compile(r"[a-z]+: [a-z][a-z ]")
"""How a reader's reason begins: "pdf: some pages are damaged"."""


def template(node: ast.expr) -> str:
    """The sentence with {1}, {2}… where the code puts something in; nothing when it is no sentence of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts, number = [], 0
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
        else:
            number += 1
            parts.append(f"{{{number}}}")
    return "".join(parts)


def parsed(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def files(room: str) -> Iterator[Path]:
    found = ROOT / room
    return iter([found]) if found.is_file() else found.rglob("*.py")


def raised() -> set[str]:
    """What and todo of every error that a person can meet."""
    found = set()
    for room in ROOMS:
        for path in files(room):
            if "recipes" in path.parts:
                continue
            tree = ast.parse(path.read_text(encoding="utf-8"))
            told = constants(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
                    found |= {
                        told.get(argument.id, "") if isinstance(argument, ast.Name) else template(argument)
                        for argument in node.args[:2]
                    }
    return {one for one in found if any(letter.isalpha() for letter in one)} | folders_away()


def constants(tree: ast.Module) -> dict[str, str]:
    """The names of a file that stand for a sentence, its own and those that it has from elsewhere."""
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(name)], value=ast.Constant(str(words))):
                found[name] = words
            case ast.ImportFrom(module=str(module), names=names):
                path = ROOT / f"{module.replace('.', '/')}.py"
                wanted = {one.name for one in names if one.name.isupper()}
                if wanted and path.is_file():
                    there = constants(ast.parse(path.read_text(encoding="utf-8")))
                    found |= {name: words for name, words in there.items() if name in wanted}
    return found


def folders_away() -> set[str]:
    """What an error says of a folder that is not there: its words stand in a table."""
    told = [RootAway(Root(b"{1}"), state) for state in RootState]
    return {words for one in told for words in (one.what, one.todo)}


def notes() -> set[str]:
    """What is said of a picture though nothing failed: of its file, of the erasing, the filling, the enlarging."""
    found = set()
    for path in (ROOT / "engines" / "pictures").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name("notes"), attr="append"), args=said):
                    found |= set(map(template, said))
                case ast.Assign(targets=[ast.Name("notes")], value=ast.Tuple(elts=said)):
                    found |= set(map(template, said))
    for node in ast.walk(parsed("engines/erase/door.py")):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("advice"), attr="append"), args=said):
                found |= set(map(template, said))
            case ast.Assign(targets=[ast.Name("reasons")], value=ast.List(elts=said)):
                found |= set(map(template, said))
    for node in ast.walk(parsed("engines/diffusion/pipeline.py")):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("found"), attr="append"), args=said):
                found |= set(map(template, said))
    for node in ast.walk(parsed("engines/upscale/enlarge.py")):
        match node:
            case ast.Assign(targets=[ast.Name("note" | "took_over")], value=value):
                found.add(template(value))
    return found | {quality.value for quality in Quality if quality is not Quality.INSTANT} | devices()


def devices() -> set[str]:
    """Why a device was let go of in the middle of a picture."""
    device = Device(DeviceName("gpu:0"), "cuda", Kind.GPU, "{1}")
    return {sentence(why, device) for why in DeviceReason}


def folder_warnings() -> set[str]:
    """What a person should know of a folder that is taken in."""
    for node in ast.walk(parsed("indexer/roots.py")):
        if isinstance(node, ast.FunctionDef) and node.name == "_warnings":
            return {template(one.value) for one in ast.walk(node) if isinstance(one, ast.Yield) and one.value}
    raise AssertionError


def reader_reasons() -> set[str]:
    """Why a file was read in part or not at all."""
    found = set(VERSIONS) - {"name", "damaged"}
    for path in (ROOT / "indexer" / "readers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(str(words)) if FAMILY.match(words):
                    found.add(words)
                case ast.keyword(arg="reason", value=value):
                    found.add(template(value))
                case ast.Call(func=ast.Attribute(attr="mark" | "_kill"), args=[value, *_]):
                    found.add(template(value))
                case ast.FunctionDef(name="_ending"):
                    found |= {
                        template(one.value) for one in ast.walk(node) if isinstance(one, ast.Return) and one.value
                    }
                case ast.Assign(targets=[ast.Name("reason")], value=ast.JoinedStr() as value):
                    found.add(template(value))
                case ast.Assign(targets=[ast.Name("CUT" | "LONG_WORD" | "BY_NAME")], value=value):
                    found.add(template(value))
    return found - {""}


def whys() -> set[str]:
    """Why a file is found, or is not: of the index, and of the rules that leave it out."""
    found = {words for one in refusals() for words in one}
    for node in ast.walk(parsed("indexer/index.py")):
        if isinstance(node, ast.FunctionDef) and node.name in ("_why", "_why_walked", "_why_refused"):
            # an f-string's own pieces are constants as well
            inner = {id(piece) for one in ast.walk(node) if isinstance(one, ast.JoinedStr) for piece in one.values}
            said = {
                template(one).strip() for one in ast.walk(node) if isinstance(one, ast.expr) and id(one) not in inner
            }
            found |= {one for one in said if one.endswith(".")}
    for path in (ROOT / "indexer").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name("Cause"), keywords=given):
                    found |= {template(one.value) for one in given if one.arg == "detail"}
    return (found | {os.strerror(errno.EACCES).lower()}) - {""}


def refusals() -> Iterator[tuple[str, str]]:
    """Sentence and next step of each rule, with the detail that some of them have."""
    numbered: Any = Pattern("{2}", b"{3}", False, False, b"")  # type: ignore[arg-type]
    plain = Pattern(1, b"{2}", False, False, b"")
    by_line = (Reason.EXCLUDED, Reason.HOMESPUNIGNORE, Reason.GITIGNORE)
    detailed = (Reason.DEFAULT, Reason.CLOUD, Reason.SYSTEM, Reason.NETWORK)
    for reason in by_line:
        told = refusal(b"{1}", Cause(reason, folder=b"{4}", pattern=numbered))
        yield told.sentence, told.todo
    causes = [Cause(reason) for reason in Reason if reason not in (*by_line, *ELSEWHERE)]
    causes += [Cause(reason, detail="{2}") for reason in (*detailed, Reason.BUILD, Reason.UNREADABLE)]
    causes += [Cause(reason, pattern=plain) for reason in (Reason.PROTECTED, Reason.DEFAULT)]
    for cause in causes:
        told = refusal(b"{1}", cause)
        yield told.sentence, told.todo


ELSEWHERE = (Reason.AWAY, Reason.TOO_LARGE, Reason.BUILD, Reason.UNREADABLE)
"""Said by others (`RootAway`, `name_only`), or never without a detail."""


def all_told() -> set[str]:
    """Everything that reaches a screen through `reason`."""
    return raised() | notes() | folder_warnings() | reader_reasons() | whys() | menus()


def menus() -> set[str]:
    """What is said of right-click menus: every whole sentence in their room, which is one of no errors but `Failure`."""
    found = set()
    for path in files("installer/shell"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            whole = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and id(node) not in inside)
            if whole and isinstance(node, ast.expr) and id(node) not in documents:
                found.add(template(node))
    return {one for one in found if re.fullmatch(r"(\{1\}|[A-Z]).* .*\.", one)}


def translated() -> dict[str, str]:
    tree = ET.parse(ROOT / "desktop" / "words" / "reasons.de.ts")
    return {one.findtext("source", ""): one.findtext("translation", "") for one in tree.iter("message")}
