"""Fetch what others wrote and we ship: htmx for the browser and the icons of Lucide. Everything it writes is committed.

    python scripts/vendor.py            fetch both packages (npm pack), check their checksums, write the files
    python scripts/vendor.py --check    compare the committed files with their checksums; needs no network

For another version: change VERSION and SHA256 of the package (`npm pack NAME@VERSION && sha256sum *.tgz`), run the
script, put the new checksums it prints into FILES, and adapt the path in `kit/head.html`. For another icon: add its
name to ICONS and run the script. `npm` is needed for fetching only; nothing is fetched when the program runs.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "hatnhan/kernel/static/vendor"
UI = ROOT / "hatnhan/kernel/ui"


@dataclass(frozen=True)
class Package:
    """One npm package at one version, with the checksum of its archive."""

    name: str
    version: str
    sha256: str


HTMX = Package("htmx.org", "2.0.11", "165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e")
LUCIDE = Package("lucide-static", "1.62.0", "386f9080c440d6f5049cefe3456ae8357f7a0c7f76e59670cd1cb83bc7050a44")

HTMX_FOLDER = STATIC / f"htmx-{HTMX.version}"
LUCIDE_FOLDER = STATIC / f"lucide-{LUCIDE.version}"

ICONS = """
    archive arrow-down arrow-left arrow-left-right arrow-right arrow-up arrow-up-down arrow-up-right award
    badge-check bell book-open briefcase building-2 calendar calendar-check calendar-clock calendar-days calendar-x
    chart-column chart-line check chevron-down chevron-left chevron-right chevron-up chevrons-down-up
    chevrons-up-down circle-alert circle-check circle-dashed circle-help circle-x clipboard-list clock clock-alert
    cloud-download columns-3 copy database door-open download ellipsis ellipsis-vertical external-link eye eye-off
    file-check file-plus file-spreadsheet file-text file-up file-x filter folder folder-tree git-branch git-compare
    git-merge graduation-cap hand-coins history house id-card inbox info key-round landmark languages layers
    layout-dashboard link list list-checks loader lock log-in log-out mail map-pin menu message-square minus moon
    network pause pencil phone play plus printer puzzle refresh-cw rotate-ccw rows-3 save scale search send settings
    shield shield-check skip-forward sliders-horizontal smartphone split stamp star sun sun-moon table-2 tag target
    trending-down trending-up triangle-alert type undo-2 unlock upload user user-check user-cog user-minus user-plus
    user-x users users-round vote wallet wifi-off wrench x zoom-in
"""

FILES = {
    HTMX_FOLDER / "htmx.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
    HTMX_FOLDER / "LICENSE": "d3d2456f76414f2456104660ebd65aff1c04cd7966b942bdabd63f3cdb316a38",
    UI / "icons.json": "0a91b7809be96ad6142f424fea884d3686ffff9e134407a32e197bcc159ade37",
    LUCIDE_FOLDER / "LICENSE": "b495047bd93a9b06913511076f504daba17d5bbeb3e0650f3bb53a4220329c57",
}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(package: Package, folder: Path) -> Path:
    """Unpack the package below `folder`; refuse an archive whose checksum is not the recorded one."""
    answer = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / answer.stdout.split()[-1]
    found = digest(archive)
    if found != package.sha256:
        sys.exit(f"{package.name} {package.version}: the archive's checksum is {found}, not {package.sha256}.")
    target = folder / package.name
    with tarfile.open(archive) as content:
        content.extractall(target, filter="data")
    return target / "package"


def shapes(svg: str) -> str:
    """What stands inside an icon's <svg>, on one line."""
    inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if inside is None:
        raise ValueError(svg)
    return " ".join(inside[1].split()).replace("> <", "><").replace(" />", "/>")


def write_htmx(package: Path) -> None:
    HTMX_FOLDER.mkdir(parents=True, exist_ok=True)
    (HTMX_FOLDER / "htmx.min.js").write_bytes((package / "dist/htmx.min.js").read_bytes())
    (HTMX_FOLDER / "LICENSE").write_bytes((package / "LICENSE").read_bytes())


def write_icons(package: Path) -> None:
    icons = {name: shapes((package / f"icons/{name}.svg").read_text("utf-8")) for name in sorted(ICONS.split())}
    (UI / "icons.json").write_text(json.dumps(icons, indent=0, ensure_ascii=False) + "\n", "utf-8")
    LUCIDE_FOLDER.mkdir(parents=True, exist_ok=True)
    (LUCIDE_FOLDER / "LICENSE").write_bytes((package / "LICENSE").read_bytes())


def differences() -> list[str]:
    """The committed files that are missing or not as recorded."""
    return [
        f"{path.relative_to(ROOT)}: {digest(path) if path.exists() else 'missing'}"
        for path, expected in FILES.items()
        if not path.exists() or digest(path) != expected
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_htmx(fetch(HTMX, folder))
            write_icons(fetch(LUCIDE, folder))
    found = differences()
    if found:
        sys.exit("Not as recorded in FILES:\n" + "\n".join(found))


if __name__ == "__main__":
    main()
