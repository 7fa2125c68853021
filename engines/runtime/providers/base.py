"""What all providers share: finding their explicit devices, loading a model on one of them, and telling what ran there.

Facts of the runtime are from dispatch.md §2, measured on ONNX Runtime 1.24.4 and 1.32. Three ways of the runtime are never
used: a list of provider names, which ends on the CPU without a word; a selection policy, which picks what can't run; and
`get_providers`, which doesn't tell what ran.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.runtime import failures
from engines.runtime.contract import Device, DeviceFailed, DeviceName, Kind, Reason, Setup
from engines.runtime.hardware import Chip, chips, driver_of
from engines.runtime.owners import installed_owners
from engines.runtime.providers.cpu import imported
from engines.runtime.providers.loaded import LoadedOnDevice
from engines.runtime.providers.options import Key
from homespun.errors import Damaged, NotFound

if TYPE_CHECKING:
    import onnxruntime

COMMON_FAILURES: tuple[tuple[str, Reason], ...] = (
    (r"below the minimum required version|Failed to load library|CreateEpFactories", Reason.LIBRARY),
    (r"execution provider is not (supported|enabled) in this build|Unknown Provider", Reason.LIBRARY),
    (r"EPContext node .*not compatible with any execution provider", Reason.STALE_CONTEXT),
    (r"Unable to compile any nodes", Reason.COMPILE),
    (r"out of (device |video )?memory|E_OUTOFMEMORY|8007000E", Reason.NO_MEMORY),
    (r"DeviceReset|device (was |is )?(lost|removed)|ENGINE_ERROR", Reason.DEVICE_LOST),
)
"""Error texts that mean the same whichever provider says them."""


@dataclass(frozen=True)
class Place:
    """A device, and what the runtime knows it by: an explicit device (`OrtEpDevice`), or nothing but options."""

    device: Device
    handle: Any = None


class OrtProvider:
    """An execution provider of ONNX Runtime. A subclass fills in what is its own; most need no method at all."""

    name: str
    title: str
    kinds: frozenset[Kind]
    proved_on: str = ""
    static: bool = True
    alone: bool = False
    compiles: bool = False
    load_seconds: float = 60.0
    failures: tuple[tuple[str, Reason], ...] = COMMON_FAILURES

    execution_provider: str
    """As the runtime calls it: "QNNExecutionProvider"."""

    packages: tuple[str, ...] = ()
    """The distributions that bring it; one is enough."""

    systems: frozenset[str] = frozenset({"win32", "linux"})
    """Where it can be, as `sys.platform` calls them."""

    plug_in: str = ""
    """The module that knows where its library is, for a provider with a package beside the runtime's."""

    least_runtime: str = ""
    """The oldest runtime that its package works with, where somebody says so."""

    comes_with: str = ""
    """For a person: what has to be installed, and on which computers."""

    checks: tuple[str, ...] = ()
    """What a person with such a device would have to run before it is called proved (dispatch.md §8.13)."""

    # --- what is here ---

    def installed(self) -> bool:
        """Whether its package is here."""
        return sys.platform in self.systems and any(version_of(package) for package in self.packages)

    def brought_by(self, packages: Iterable[str]) -> bool:
        """Whether one of the distributions `packages`, of another Python on this computer, brings it."""
        return sys.platform in self.systems and not set(self.packages).isdisjoint(packages)

    def find(self) -> list[Device]:
        """Its devices. Raises what the runtime raises."""
        return [place.device for place in self.places(imported())]

    def places(self, runtime: Any) -> list[Place]:
        """Its devices with their handles, numbered."""
        self.register(runtime)
        seen: dict[Kind, int] = {}
        found = []
        for index, place in enumerate((*self.listed(runtime), *self.unlisted(runtime))):
            kind = place.device.kind
            seen[kind] = seen.get(kind, 0) + 1
            name = f"{self.name}:{kind.value}{seen[kind] if seen[kind] > 1 else ''}"
            found.append(replace(place, device=replace(place.device, name=DeviceName(name), index=index)))
        return found

    def register(self, runtime: Any) -> None:
        """Make the runtime know the provider's library, once a process."""
        if self.plug_in and find_spec(self.plug_in) is not None:
            from importlib import import_module

            module = import_module(self.plug_in)
            # Under any other name the devices would be called by that name (dispatch.md §2.1).
            register_once(runtime, str(module.get_ep_name()), str(module.get_library_path()))

    def is_plugged_in(self) -> bool:
        """Whether the runtime knows it by a library that was registered, and not because it was built with it."""
        return any(name == self.execution_provider for name, _ in _REGISTERED)

    def listed(self, runtime: Any) -> Iterator[Place]:
        """What the runtime lists for this provider, without the virtual and those of other kinds."""
        known = chips()
        for handle in runtime.get_ep_devices():
            if handle.ep_name != self.execution_provider or is_virtual(handle):
                continue
            device = self.described(handle, known)
            if device is not None:
                yield Place(device, handle)

    def unlisted(self, runtime: Any) -> Iterator[Place]:
        """Devices that no list of the runtime has, and that options pick. Most providers have none."""
        del runtime
        return iter(())

    def described(self, handle: Any, known: Sequence[Chip]) -> Device | None:
        """The device behind a handle; None for one that this provider isn't meant for."""
        hardware = handle.device
        kind = Kind(hardware.type.name.lower())
        if kind not in self.kinds:
            return None
        return self.made(
            kind,
            chip=title_of(hardware, kind, known),
            vendor=str(hardware.vendor),
            vendor_id=int(hardware.vendor_id),
            device_id=int(hardware.device_id),
            library=self.library_version(handle),
            options=self.picks(handle, kind),
            driver=driver_of(kind, int(hardware.vendor_id), int(hardware.device_id), known),
        )

    def made(self, kind: Kind, *, chip: str, library: str, **about: Any) -> Device:
        """A device of this provider; `places` numbers it."""
        return Device(
            name=DeviceName(f"{self.name}:{kind.value}"),
            provider=self.name,
            kind=kind,
            title=f"{chip} ({self.title})",
            library=library,
            runtime=", ".join(installed_owners()),
            **about,
        )

    def library_version(self, handle: Any = None) -> str:
        """The version of the provider's library: its package's, since many libraries call themselves 0.1.0."""
        package = next((version for name in self.packages if (version := version_of(name))), "")
        return package or str(handle.ep_metadata.get("version", "") if handle is not None else "")

    # --- how it is asked ---

    def picks(self, handle: Any, kind: Kind) -> dict[str, str]:
        """The provider options that decide what is computed; they go into the fingerprint."""
        del handle, kind
        return {}

    def options(self, setup: Setup) -> dict[str, str]:
        """All provider options of a load."""
        return dict(setup.device.options)

    def tune(self, options: onnxruntime.SessionOptions, setup: Setup) -> None:
        """Change what this provider needs otherwise in the session's options."""

    # --- loading ---

    def load(self, setup: Setup) -> LoadedOnDevice:
        """The model of `setup` on its device. Raises `DeviceFailed`, `NotFound`, `Damaged`, and what the runtime raises."""
        runtime = imported()
        file = setup.context or setup.file
        if not file.is_file():
            if setup.context is not None:
                raise DeviceFailed(Reason.STALE_CONTEXT, "the compiled file is gone")
            raise failures.load_failed(file, FileNotFoundError())
        profile = tempfile.TemporaryDirectory(prefix="homespun-profile-") if setup.proving else None
        try:
            options = self.session_options(runtime, setup)
            if profile is not None:
                options.enable_profiling = True
                options.profile_file_prefix = str(Path(profile.name) / "profile")
            # Without this flag the runtime answers an error of the provider by taking the CPU (dispatch.md §2.2).
            session = runtime.InferenceSession(str(file), options, enable_fallback=0)
        except Exception as error:
            if profile is not None:
                profile.cleanup()
            raise self.load_failed(file, error, compiled=setup.context is not None) from error
        loaded = LoadedOnDevice(session, runtime.RunOptions, profile)
        if self.static:
            loaded.require_fixed_sizes()
        if not setup.proving:
            loaded.require_device()
        return loaded

    def load_failed(self, file: Path, error: Exception, *, compiled: bool) -> Exception:
        """What to raise for a load that ended with `error`; `error` itself where only its text can tell."""
        if type(error).__name__ not in ("InvalidProtobuf", "NoModel", "NoSuchFile"):
            return error
        if compiled:
            return DeviceFailed(Reason.STALE_CONTEXT, str(error))
        found = failures.load_failed(file, error)
        return found if isinstance(found, Damaged | NotFound) else error

    def session_options(self, runtime: Any, setup: Setup) -> Any:
        """The options of a session on `setup.device` and on nothing else (dispatch.md §5.3)."""
        place = self.place_of(runtime, setup.device)
        options = runtime.SessionOptions()
        options.intra_op_num_threads = setup.threads
        options.inter_op_num_threads = 1
        options.execution_mode = runtime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 2
        options.add_session_config_entry(Key.SPIN_WITHIN, "0")
        options.add_session_config_entry(Key.SPIN_BETWEEN, "0")
        options.add_session_config_entry(Key.RECORD_PLACEMENT, "1")
        if setup.context is None:
            for name, size in setup.shapes.items():
                options.add_free_dimension_override_by_name(name, size)
        self.tune(options, setup)
        chosen = self.options(setup)
        if place.handle is not None:
            options.add_provider_for_devices([place.handle], chosen)
        else:
            options.add_provider(self.execution_provider, chosen)
        return options

    def place_of(self, runtime: Any, device: Device) -> Place:
        """The device of a setup as it is now. Raises `DeviceFailed` when it isn't there any more."""
        places = self.places(runtime)
        if device.index < len(places):
            place = places[device.index]
            same = (place.device.kind, place.device.vendor_id, place.device.device_id)
            if same == (device.kind, device.vendor_id, device.device_id):
                return place
        raise DeviceFailed(Reason.NO_DEVICE, f"{len(places)} devices now, and none is the one that was meant")

    def compile(self, setup: Setup, target: Path) -> None:
        """Write the compiled form of `setup.file` to `target`. Raises what the runtime raises when nothing was compiled."""
        runtime = imported()
        flags = runtime.OrtCompileApiFlags
        compiler = runtime.ModelCompiler(
            self.session_options(runtime, replace(setup, context=None, proving=False)),
            str(setup.file),
            embed_compiled_data_into_model=True,
            # On the CPU it would write a copy of the model without an error (dispatch.md §2.5).
            flags=flags.ERROR_IF_NO_NODES_COMPILED | flags.ERROR_IF_OUTPUT_FILE_EXISTS,
        )
        compiler.compile_to_file(str(target))


def register_once(runtime: Any, name: str, library: str) -> None:
    """Register a provider's library under `name`, unless this process did it before."""
    if (name, library) not in _REGISTERED:
        runtime.register_execution_provider_library(name, library)
        _REGISTERED.add((name, library))


_REGISTERED: set[tuple[str, str]] = set()
"""Names and libraries that this process has registered."""


def is_virtual(handle: Any) -> bool:
    """Whether a listed device is one to compile for only; running on it ended in an abort of the process."""
    told = {**dict(handle.ep_metadata), **dict(handle.device.metadata)}
    return str(told.get("is_virtual", "0")) not in ("", "0")


def title_of(hardware: Any, kind: Kind, known: Sequence[Chip]) -> str:
    """What a person would call a piece of hardware."""
    described = str(dict(hardware.metadata).get("Description", "")).strip()
    if described:
        return described
    same = [
        c for c in known if c.kind == kind and (c.vendor_id, c.device_id) == (hardware.vendor_id, hardware.device_id)
    ]
    if same:
        return same[0].title
    return f"{hardware.vendor} {kind.value.upper()}".strip()


def version_of(package: str) -> str:
    """The version of a distribution that is installed, else nothing."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
