"""The list of everything in a package (SBOM), as CycloneDX 1.6 in JSON: the same bytes for the same contents.

Listed are the wheels with their licences and hashes, the libraries inside them, Python where it goes along, and the bundled
models. A native library that nobody knows is listed as a file, so that none is left out.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from installer.build import licences, parts, spdx
from installer.build.packages import Package, packages, plain

SPACE = uuid.UUID("6f1b6f0e-9a3c-5d61-8f0b-2f7c5f3a1d11")
"""Of our own, for numbers that are made from the contents."""
PYTHON_PARTS = (
    ("OpenSSL", "Apache-2.0", ("libcrypto", "libssl", "_ssl", "_hashlib")),
    ("SQLite", "blessing", ("sqlite3", "_sqlite3")),
    ("libffi", "MIT", ("libffi",)),
    ("bzip2", "bzip2-1.0.6", ("_bz2",)),
    ("XZ Utils (liblzma)", "0BSD", ("_lzma",)),
    ("Expat", "MIT", ("pyexpat",)),
    ("Visual C++ run-time library", parts.MICROSOFT, ("vcruntime", "msvcp")),
)
"""What a Python for Windows brings: name, licence, and how its files begin."""

Component = dict[str, Any]


def sbom(
    lib: Path,
    platform: str,
    *,
    version: str,
    time: int,
    wheelhouse: Path | None = None,
    python: tuple[str, Path] | None = None,
) -> str:
    """The SBOM of the packages in `lib`, as text that ends with a newline.

    `time` is in seconds since 1970 (`tree.commit_time`). `wheelhouse` holds the wheels that `lib` was unpacked from, for their
    hashes; `python` is the version and the folder of the Python that goes along. Raises `Failure` for a licence that may not
    go along.
    """
    found = packages(lib)
    licences.judge(found, lib)
    inside, unknown = parts.inside(lib, found)
    hashes = _hashes(wheelhouse)
    components = [
        _package(lib, one, [part for part in inside if part.package == one.name], hashes.get((one.name, one.version)))
        for one in found
    ]
    components += [_file(lib, name) for name in unknown]
    components += [_model(one) for one in licences.bundled_models(lib)]
    if python is not None:
        components.append(_python(*python))
    components.sort(key=lambda one: str(one["bom-ref"]))
    us = _us(version, platform)
    body: dict[str, Any] = {
        "metadata": {
            "timestamp": datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "lifecycles": [{"phase": "build"}],
            "tools": {"components": [{"type": "application", "name": "homespun installer", "version": version}]},
            "component": us,
            "properties": [{"name": "homespun:platform", "value": platform}],
        },
        "components": components,
        "dependencies": _dependencies(us, found, components),
    }
    number = uuid.uuid5(SPACE, json.dumps(body, sort_keys=True))
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
    }
    return json.dumps({**head, **body}, indent=1, ensure_ascii=False) + "\n"


def _us(version: str, platform: str) -> Component:
    return {
        "type": "application",
        "bom-ref": "homespun",
        "name": "homespun",
        "version": version,
        "description": f"Homespun for {platform}",
        "licenses": [_licence("Apache-2.0")],
        "purl": f"pkg:generic/homespun@{version}",
    }


def _package(lib: Path, package: Package, inside: Sequence[parts.Inside], sha256: str | None) -> Component:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    component: Component = {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "description": package.summary,
        "licenses": [_licence(package.licence)],
        "purl": purl,
    }
    if sha256 is not None:
        component["hashes"] = [{"alg": "SHA-256", "content": sha256}]
    if modules := parts.own_modules(lib, package):
        component["evidence"] = _occurrences(modules)
    nested = [_inside(one) for one in inside] + _told(lib, package, purl)
    if nested:
        component["components"] = sorted(nested, key=lambda one: str(one["bom-ref"]))
    return component


def _inside(one: parts.Inside) -> Component:
    component: Component = {
        "type": "library",
        "bom-ref": f"{one.package}/{plain(one.name)}",
        "name": one.name,
        **({"version": one.version} if one.version else {}),
        "licenses": [_licence(one.licence)],
    }
    if one.source:
        component["externalReferences"] = [{"type": "website", "url": f"https://{one.source}"}]
    if one.files:
        component["evidence"] = _occurrences(one.files)
    else:
        component["properties"] = [{"name": "homespun:linked-in", "value": "true"}]
    return component


def _told(lib: Path, package: Package, owner: str) -> list[Component]:
    """What the package's own SBOMs tell, cut to what a reader of ours needs. Itself and what isn't there are left out."""
    found: dict[str, Component] = {}
    for one in package.own_lists():
        for told in one.get("components", []):
            name, version = str(told.get("name")), str(told.get("version") or "")
            marker = parts.NOT_INSIDE.get(name)
            if plain(name) == package.name or (marker is not None and not parts.holds(lib, package, marker)):
                continue
            ref = f"{package.name}/{quote(str(told.get('purl') or name))}"
            component: Component = {"type": told.get("type", "library"), "bom-ref": ref, "name": name}
            component |= {"version": version} if version else {}
            component |= {"purl": told["purl"]} if str(told.get("purl", "")).startswith("pkg:cargo/") else {}
            component |= {"scope": told["scope"]} if told.get("scope") in ("optional", "excluded") else {}
            licence = licences.component_licence(told)
            component |= {"licenses": [_licence(licence)]} if licence else {}
            component["properties"] = [{"name": "homespun:told-by", "value": owner}]
            found.setdefault(ref, component)
    return list(found.values())


def _file(lib: Path, name: str) -> Component:
    digest = hashlib.sha256((lib / name).read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"file/{name}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _model(one: Mapping[str, Any]) -> Component:
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model/{one['id']}",
        "name": one["id"],
        "description": one["title"],
        "licenses": [_licence(one["licence"])],
        "components": [
            {
                "type": "file",
                "bom-ref": f"model/{one['id']}/{file['name']}",
                "name": file["name"],
                "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
            }
            for file in sorted(one["file"], key=lambda file: str(file["name"]))
        ],
    }


def _python(version: str, folder: Path) -> Component:
    files = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if parts.LIBRARY.search(path.name) or path.suffix == ".exe"
    )
    nested: list[Component] = []
    for name, licence, starts in PYTHON_PARTS:
        mine = tuple(one for one in files if one.rpartition("/")[2].lower().startswith(starts))
        if mine:
            nested.append(_inside(parts.Inside(name, "", licence, "", "python", mine)))
            files = [one for one in files if one not in mine]
    return {
        "type": "platform",
        "bom-ref": f"pkg:generic/python@{version}",
        "name": "CPython",
        "version": version,
        "licenses": [_licence("PSF-2.0")],
        "purl": f"pkg:generic/python@{version}",
        "evidence": _occurrences(files),
        "components": nested,
    }


def _licence(expression: str) -> Component:
    try:
        one = len(spdx.names(expression)) == 1 and " " not in expression
    except spdx.NotUnderstood:
        return {"license": {"name": expression}}
    if one and not expression.startswith("LicenseRef-"):
        return {"license": {"id": expression}}
    return {"expression": expression}


def _occurrences(files: Iterable[str]) -> Component:
    return {"occurrences": [{"location": name} for name in sorted(files)]}


def _dependencies(us: Component, found: Sequence[Package], components: Sequence[Component]) -> list[Component]:
    """Who needs whom, by the packages' own words; extras and what is not here are left out."""
    refs = {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in found}
    rows = [
        {"ref": refs[one.name], "dependsOn": sorted(refs[name] for name in one.needs if name in refs)} for one in found
    ]
    needed = {ref for row in rows for ref in row["dependsOn"]}
    tops = [str(one["bom-ref"]) for one in components if one["bom-ref"] not in needed]
    return [{"ref": us["bom-ref"], "dependsOn": sorted(tops)}, *sorted(rows, key=lambda row: str(row["ref"]))]


def _hashes(wheelhouse: Path | None) -> dict[tuple[str, str], str]:
    """Name and version of each wheel → its sha256, which pip has compared with the lock's."""
    found = {}
    for path in sorted(wheelhouse.glob("*.whl")) if wheelhouse is not None else ():
        name, version, *_ = path.name.split("-")
        with path.open("rb") as stream:
            found[plain(name), version] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found
