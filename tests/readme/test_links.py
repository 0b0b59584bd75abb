"""No page refers to what is not there: files, folders and headings of the project; what stands elsewhere is not asked for."""

import re
from pathlib import Path

import pytest

from tests.readme.blocks import pages

ROOT = Path(__file__).parents[2]
PAGES = [*pages(ROOT), *sorted((ROOT / "tests").glob("*/README.md"))]
LINK = re.compile(r"\]\(([^)\s]*)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """What headings of a page are called in links."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    dead = []
    for link in LINK.findall(text):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if "://" in link or name.startswith("gallery/"):  # drawn when the documentation is built
            continue
        if not target.exists() or ROOT not in target.parents or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert not dead


def test_there_are_pages_for_every_folder():
    named = {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "inputs/README.md",
        "models/README.md",
        "outputs/README.md",
        "planner/README.md",
        "tests/benchmarks/README.md",
    } <= named
