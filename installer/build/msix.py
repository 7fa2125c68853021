r"""The package that Windows 11 asks for before it takes an entry into its first menu: `Homespun.msix`.

It holds no program ("package with external location"): a manifest that says where the menu's library lies below the program
folder, and for which files Explorer is to ask it. It is a zip archive with a list of hashes, written here by the standard
library alone; the same input gives the same bytes. Windows installs it only when it is signed by a certificate that the
computer trusts, and the certificate's subject must be the package's publisher, letter by letter.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from installer.build.windows_native import MENU_CLASS
from installer.failure import ExitCode, Failure
from installer.verbs import PICTURE_TYPES, PROGRAM

NAME = "Homespun.msix"
IDENTITY = "Homespun.Menu"
BLOCK = 65_536
"""Bytes that have one hash in the list."""
HEADER = 30
"""Bytes of a zip archive's local header before the name."""
OLDEST = "10.0.19041.0"
"""Windows 10 2004, the first with packages whose files lie elsewhere."""
TRIED = "10.0.26100.0"
LOGOS = {"logo-48.png": "homespun-48.png", "logo-256.png": "homespun-256.png"}
STAGES = {"a": 100, "b": 200, "rc": 300}
RELEASE = 1000
"""The fourth number of a release's package; those of earlier stages are lower, because a package replaces lower ones only."""

CONTENT_TYPES = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="png" ContentType="image/png"/>\
<Default Extension="xml" ContentType="application/vnd.ms-appx.manifest+xml"/>\
<Override PartName="/AppxBlockMap.xml" ContentType="application/vnd.ms-appx.blockmap+xml"/>\
</Types>
"""


def write_package(folder: Path, arch: str, version: str, publisher: str, icons: Path) -> Path:
    """`Homespun.msix` in `folder`, not yet signed. `publisher` is the certificate's subject (see `subject_of`).

    Raises `ValueError` for what is no version of ours.
    """
    files = {name: (icons / source).read_bytes() for name, source in LOGOS.items()}
    files["AppxManifest.xml"] = manifest(arch, version, publisher).encode()
    target = folder / NAME
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
        archive.writestr(_entry("AppxBlockMap.xml"), block_map(files))
        archive.writestr(_entry("[Content_Types].xml"), CONTENT_TYPES)
    return target


def manifest(arch: str, version: str, publisher: str) -> str:
    """`AppxManifest.xml`. Every kind of file that the verbs are offered for is named by itself: there is no "pictures"."""
    library = f"versions\\{version}\\menu\\homespunmenu-{version}.dll"
    verb = f'<desktop5:Verb Id="{PROGRAM}" Clsid="{MENU_CLASS}"/>'
    kinds = "\n".join(
        f"              <desktop5:ItemType Type={quoteattr(kind)}>{verb}</desktop5:ItemType>"
        for kind in (*PICTURE_TYPES, "Directory")
    )
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<Package
  xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10"
  xmlns:uap="http://schemas.microsoft.com/appx/manifest/uap/windows10"
  xmlns:uap10="http://schemas.microsoft.com/appx/manifest/uap/windows10/10"
  xmlns:rescap="http://schemas.microsoft.com/appx/manifest/foundation/windows10/restrictedcapabilities"
  xmlns:com="http://schemas.microsoft.com/appx/manifest/com/windows10"
  xmlns:desktop4="http://schemas.microsoft.com/appx/manifest/desktop/windows10/4"
  xmlns:desktop5="http://schemas.microsoft.com/appx/manifest/desktop/windows10/5"
  IgnorableNamespaces="uap uap10 rescap com desktop4 desktop5">
  <Identity Name="{IDENTITY}" Publisher={quoteattr(publisher)} Version="{package_version(version)}" \
ProcessorArchitecture="{arch}"/>
  <Properties>
    <DisplayName>{PROGRAM}</DisplayName>
    <PublisherDisplayName>{escape(_shown(publisher))}</PublisherDisplayName>
    <Logo>logo-48.png</Logo>
    <uap10:AllowExternalContent>true</uap10:AllowExternalContent>
  </Properties>
  <Resources><Resource Language="en-us"/><Resource Language="de-de"/></Resources>
  <Dependencies>
    <TargetDeviceFamily Name="Windows.Desktop" MinVersion="{OLDEST}" MaxVersionTested="{TRIED}"/>
  </Dependencies>
  <Capabilities>
    <rescap:Capability Name="runFullTrust"/>
    <rescap:Capability Name="unvirtualizedResources"/>
  </Capabilities>
  <Applications>
    <Application Id="{PROGRAM}" Executable="homespun-launch.exe" uap10:TrustLevel="mediumIL" \
uap10:RuntimeBehavior="win32App">
      <uap:VisualElements AppListEntry="none" DisplayName="{PROGRAM}" Description="{PROGRAM}" \
BackgroundColor="transparent" Square150x150Logo="logo-256.png" Square44x44Logo="logo-48.png"/>
      <Extensions>
        <com:Extension Category="windows.comServer">
          <com:ComServer>
            <com:SurrogateServer DisplayName="{PROGRAM}">
              <com:Class Id="{MENU_CLASS}" Path={quoteattr(library)} ThreadingModel="STA"/>
            </com:SurrogateServer>
          </com:ComServer>
        </com:Extension>
        <desktop4:Extension Category="windows.fileExplorerContextMenus">
          <desktop4:FileExplorerContextMenus>
{kinds}
          </desktop4:FileExplorerContextMenus>
        </desktop4:Extension>
      </Extensions>
    </Application>
  </Applications>
</Package>
"""


def block_map(files: Mapping[str, bytes]) -> str:
    """`AppxBlockMap.xml`: the SHA-256 of every 64 KiB of every file, for files that are stored as they are."""
    listed = []
    for name, content in files.items():
        hashes = (hashlib.sha256(content[at : at + BLOCK]).digest() for at in range(0, len(content), BLOCK))
        blocks = "".join(f'<Block Hash="{base64.b64encode(one).decode()}"/>' for one in hashes)
        header = HEADER + len(name.encode())
        listed.append(f'<File Name={quoteattr(name)} Size="{len(content)}" LfhSize="{header}">{blocks}</File>')
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<BlockMap xmlns="http://schemas.microsoft.com/appx/2010/blockmap" '
        f'HashMethod="http://www.w3.org/2001/04/xmlenc#sha256">{"".join(listed)}</BlockMap>\n'
    )


def package_version(version: str) -> str:
    """Four numbers that grow as versions do: 1.2.0rc1 → 1.2.0.301, 1.2.0 → 1.2.0.1000. Raises `ValueError`."""
    found = re.fullmatch(r"(\d+)\.(\d+)(?:\.(\d+))?(?:(a|b|rc)(\d+))?", version)
    if found is None:
        raise ValueError(f"a package can't have the version {version}")
    stage = STAGES[found[4]] + int(found[5]) if found[4] else RELEASE
    return f"{found[1]}.{found[2]}.{found[3] or 0}.{stage}"


def subject_of(certificate: Path, password: str = "") -> str:
    """The subject of the signer's certificate in a PKCS#12 file, as a package's publisher must be written.

    Raises `Failure`. Needs openssl.
    """
    environment = {**os.environ, "HOMESPUN_PASSWORD": password}  # seen by nobody else, unlike words of a command
    told = subprocess.run(
        ["openssl", "pkcs12", "-in", str(certificate), "-clcerts", "-nokeys", "-passin", "env:HOMESPUN_PASSWORD"],
        env=environment,
        capture_output=True,
        check=False,
    )
    shown = subprocess.run(
        ["openssl", "x509", "-noout", "-subject", "-nameopt", "RFC2253,utf8,-esc_msb,sep_comma_plus_space"],
        input=told.stdout,
        capture_output=True,
        check=False,
    )
    if told.returncode != 0 or shown.returncode != 0:
        raise Failure(
            ExitCode.FAILED,
            f"The certificate {certificate} can't be read.",
            "Look at the file and its password.",
            detail=(told.stderr + shown.stderr).decode(errors="replace"),
        )
    subject = shown.stdout.decode().strip().removeprefix("subject=").strip()
    return re.sub(r"(^|, )ST=", r"\1S=", subject)  # as Windows writes it


def _shown(publisher: str) -> str:
    """Who publishes, for people: the common name."""
    found = re.search(r"(?:^|,\s*)CN=([^,]+)", publisher)
    return found[1] if found else publisher


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry whose date says nothing."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 0
    return entry
