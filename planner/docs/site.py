"""Hooks of mkdocs: the pages of the project as they stand, a reference made of docstrings, and charts drawn for the gallery.

The site keeps the layout of the project, so that every link of a page works in both.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[2]
FRONT = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
TUTORIALS = ("historian", "lecturer", "programmer")
HISTORY = ("three_plans", "statements", "other_paths")
THEMES = {
    "gallery": "Gallery of charts",
    "diagnosis": "Reading a diagnosis",
    "execution": "A plan played forward",
    "money": "A plan's money",
    "regions": "Regions",
}
LINK = re.compile(r"\]\(([^)#:\s]+)(#[^)\s]*)?\)")
_ENTRY = "::: {}\n    options:\n      {}\n\n"
EXAMPLE = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)
FENCE = re.compile(r"^```(\w+)[^\n]*$", re.MULTILINE)


def pages() -> list[str]:
    """Every page of the project that the site shows, by its path."""
    found = [
        *FRONT,
        "models/README.md",
        "inputs/README.md",
        "inputs/SOURCES.md",
        "outputs/README.md",
        "planner/README.md",
    ]
    found += [path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob("inputs/*/README.md"))]
    own = (*TUTORIALS, *THEMES, *HISTORY)
    found += [f"planner/docs/{name}.md" for name in own]
    return [*found, "tests/benchmarks/README.md", "tests/instances/README.md"]


def reference() -> dict[str, str]:
    """A page of the reference for each package, and the modules that stand alone, by its path."""
    packages: dict[str, list[str]] = {}
    for path in sorted((ROOT / "planner").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if {"docs", "shipped_data", "__main__"} & set(parts):
            continue
        module = ".".join(parts).removesuffix(".__init__")
        folder = ".".join(path.relative_to(ROOT).parent.parts)
        packages.setdefault(folder, []).append(module)
    found = {"reference/planner.md": f"# planner\n\n{_ENTRY.format('planner', 'members: false')}{verbs()}"}
    for name, modules in packages.items():
        shown = (
            _ENTRY.format(module, "members: false" if module == name else "show_bases: true") for module in modules
        )
        found.setdefault(f"reference/{name}.md", f"# {name}\n\n{''.join(shown)}")
    return found


def verbs() -> str:
    """A list of the public names of the package, each with what it says first, and where its entry stands."""
    import planner

    found = []
    for name in planner.__all__:
        what = getattr(planner, name)
        if callable(what):
            says = (what.__doc__ or "").partition("\n")[0]
            found.append(f"- [`planner.{name}`][{what.__module__}.{what.__qualname__}]: {says}\n")
    return "".join(found)


def charts() -> Iterator[tuple[str, bytes]]:
    """What the commands of the gallery draw, by the path that the gallery shows it at."""
    from click.testing import CliRunner

    from planner.cli import main

    text = (ROOT / "planner/docs/gallery.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for command in re.findall(r"^\$ planner (.*)$", text, re.MULTILINE):
            done = CliRunner().invoke(main, shlex.split(command))
            if done.exit_code:
                raise SystemExit(f"planner {command}: {done.output}")
        for path in sorted(Path().rglob("*.svg")):
            yield f"planner/docs/{path.as_posix()}", path.read_bytes()


def linked(name: str) -> Iterator[Path]:
    """Files of the project that a page refers to and that are no pages."""
    for link, _ in LINK.findall((ROOT / name).read_text(encoding="utf-8")):
        path = inside((ROOT / name).parent / link)
        if path.is_file() and path.suffix != ".md":
            yield path.resolve()


def inside(path: Path) -> Path:
    """What a reader of a link finds: of a folder the page that is in it."""
    return next((path / name for name in ("README.md", "report.html") if (path / name).is_file()), path)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Say in which order the pages stand."""
    config.nav = [
        {"The planner": "README.md"},
        {"Tutorials": [{name.capitalize(): f"planner/docs/{name}.md"} for name in TUTORIALS]},
        {"Three plans": [{name.replace("_", " ").capitalize(): f"planner/docs/{name}.md"} for name in HISTORY]},
        *({title: f"planner/docs/{name}.md"} for name, title in THEMES.items()),
        {"Questions": "models/README.md"},
        {
            "Economies": [
                "inputs/README.md",
                "inputs/SOURCES.md",
                *(p for p in pages() if p.count("/") == 2 and "inputs" in p),
            ]
        },
        {"Results": "outputs/README.md"},
        {"How it is built": "planner/README.md"},
        {"Reference": [{Path(name).stem: name} for name in reference()]},
        {"Project": ["CONTRIBUTING.md", "CHANGELOG.md", "tests/benchmarks/README.md", "tests/instances/README.md"]},
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Take the project's own pages, what they refer to, the reference and the charts."""
    found: dict[str, dict[str, Any]] = {name: {"abs_src_path": str(ROOT / name)} for name in pages()}
    for name in pages():
        for path in linked(name):
            found[path.relative_to(ROOT).as_posix()] = {"abs_src_path": str(path)}
    found |= {name: {"content": text} for name, text in reference().items()}
    found |= {name: {"content": picture} for name, picture in charts()}
    theme = [
        file for file in files if file.generated_by or not str(file.abs_src_path or "").startswith(config.docs_dir)
    ]
    return Files([*theme, *(File.generated(config, name, **what) for name, what in found.items())])


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Leave of a fenced block's first line the language alone, and let a link to a folder lead to the page in it."""

    def to_page(found: re.Match[str]) -> str:
        folder = (ROOT / page.file.src_uri).parent / found.group(1)
        return f"]({found.group(1).rstrip('/')}/{inside(folder).name})" if folder.is_dir() else found.group(0)

    return LINK.sub(to_page, FENCE.sub(r"```\1", markdown))


class Doctests(griffe.Extension):
    """Examples of docstrings as blocks of code; Markdown would read their prompts as quotations."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Put a fence around every example of a docstring."""
        if obj.docstring is not None:
            obj.docstring.value = EXAMPLE.sub(r"```pycon\n\g<0>\n```", obj.docstring.value)
