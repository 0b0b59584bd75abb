"""Sections of a README that the program writes, between two marks; ``pytest --golden`` writes them anew."""

from pathlib import Path


def holds(readme: Path, section: str, text: str, *, golden: bool) -> None:
    """The section between its two marks is this text."""
    page = readme.read_text(encoding="utf-8")
    begin, end = f"<!-- {section}: written by the program -->\n", f"<!-- end of {section} -->"
    before, mark, rest = page.partition(begin)
    found, _, after = rest.partition(end)
    assert mark, section
    if golden:
        readme.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8")
        return
    assert found == text
