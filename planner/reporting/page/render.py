"""Templates of pages: filled with text that is only shown, marked with a digest of the whole."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from planner.language.printable import printable
from planner.reporting.run.files import digest

__all__ = ["BLANK", "rendered"]

BLANK = 64 * "0"  # stands for the digest of the page where it is computed
_TEMPLATES = Path(__file__).with_name("templates")


def rendered(name: str, **told: object) -> str:
    """A page with its style, its script where it has one, a policy that lets it load nothing, and its own digest.

    Args:
        name: of the template and of its style.
        told: what the template shows.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    own = {kind: _TEMPLATES / f"{name}.{kind}" for kind in ("css", "js")}
    style, script = (path.read_text(encoding="utf-8") if path.is_file() else "" for path in own.values())
    text = templates.get_template(f"{name}.html").render(
        **told, style=style, script=script, policy=_policy(style, script), digest=BLANK
    )
    text = text if text.endswith("\n") else text + "\n"
    return text.replace(BLANK, digest(text.encode()), 1)


def _shown(value: object) -> object:
    """What an expression of a template gives, without signs that are not to be seen, no figure parted from its per cent sign.

    What is already HTML stays so.
    """
    return printable(" ".join(value.split("\t")), lines=True).replace(" %", "\u00a0%") if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """What the page may do: apply its own style, run its own script, and load nothing at all."""

    def only(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" if text else "'none'"

    return (
        f"default-src 'none'; style-src {only(style)}; script-src {only(script)}; base-uri 'none'; form-action 'none'"
    )
