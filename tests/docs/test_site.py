"""The documentation is built without a warning, reads nothing from elsewhere, and refers to nothing that is not there."""

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import planner.reporting.charts as charts

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "planner" / "docs"
GALLERY = (DOCS / "gallery.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--config-file",
        str(DOCS / "mkdocs.yml"),
        "--site-dir",
        str(folder),
    ]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_nothing_is_read_from_elsewhere(site):
    read = re.compile(
        r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"(?:https?:)?//|<link\b(?![^>]*rel=\"canonical\")[^>]*\bhref=\"(?:https?:)?//"
        r"|@import|url\(['\"]?(?:https?:)?//"
    )
    wrong = [
        path for path in site.rglob("*") if path.suffix in (".html", ".css") and read.search(path.read_text("utf-8"))
    ]
    assert not wrong


@pytest.mark.slow
def test_links_lead_somewhere(site):
    dead = []
    ids = {page: set(re.findall(r'\bid="([^"]+)"', page.read_text("utf-8"))) for page in site.rglob("*.html")}
    for page in ids:
        if page.name in ("404.html", "report.html"):
            continue
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text("utf-8")):
            name, _, anchor = link.partition("#")
            if "://" in link or link.startswith(("mailto:", "data:")):
                continue
            target = (page.parent / name).resolve() if name else page
            if not target.exists() or (anchor and anchor not in ids.get(target, {anchor})):
                dead.append(f"{page.relative_to(site)}: {link}")
    assert not dead


@pytest.mark.slow
def test_the_reference_has_every_public_module_with_its_parameters(site):
    text = "".join(path.read_text("utf-8") for path in (site / "reference").glob("*.html"))
    for module in (
        "planner.answers.solve.solving",
        "planner.program.expression",
        "planner.proof.verify",
        "planner.cli.options",
    ):
        assert f'id="{module}"' in text, module
    assert "Parameters" in text


def test_the_gallery_shows_every_kind_of_chart():
    names = {
        name
        for module in pkgutil.iter_modules(charts.__path__)
        for name in vars(importlib.import_module(f"{charts.__name__}.{module.name}"))
        if name.endswith("_chart") and not name.startswith("_")
    }
    assert len(re.findall(r"^!\[", GALLERY, re.MULTILINE)) >= len(names), sorted(names)  # one may draw several
