"""How findings are told: together, in words, counted, and as warnings where nothing need stop."""

from __future__ import annotations

from typing import Any

import pytest

from planner.economy import DataError, Finding, load
from planner.economy.reading import snapshot as reading


def _refused(folder: Any) -> tuple[Finding, ...]:
    with pytest.raises(DataError) as caught:
        load(folder)
    return caught.value.findings


def test_everything_is_shown_at_once(package: Any, written: Any) -> None:
    """Flaws of unlike kinds in unlike files do not hide each other, the unknown item and the circle among them."""
    package.cell("coefficients.csv", 8, "item", "machine")
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.cell("supply.csv", 4, "value", "-1")
    package.cell("targets.csv", 2, "period", "2044")
    package.add("economy.toml", "colour = 1")
    codes = [finding.code for finding in _refused(written(package))]
    assert codes == ["E107", "E131", "E104", "E122", "E140"]


def test_message_is_laid_out_as_a_reader_needs_it(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "item", "stel")
    package.cell("coefficients.csv", 2, "value", "1,2")
    with pytest.raises(DataError) as caught:
        load(written(package))
    assert str(caught.value).endswith(
        """coefficients.csv: 2 errors
  E120 not a number               row 2, column value
       "1,2" is not a number. The decimal sign is a point.
  E104 unknown product            row 5, column item
       "stel" is not in products.csv. Did you mean "steel"?
Nothing was solved. `planner explain E104` says more."""
    )


def test_circle_is_told_in_words(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    (finding,) = _refused(written(package))
    assert "1 Mt of coal by coal_mining takes 0.9 Mt of steel" in finding.sentence
    assert "1 Mt of steel by steel_making takes 1.2 Mt of coal" in finding.sentence
    assert "together 1.08 per unit, so no level of output can balance" in finding.sentence
    assert "Is row 2 of coefficients.csv really Mt per Mt?" in finding.sentence


def test_second_technique_can_break_a_circle(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.add("activities.csv", "open_cast,coal,fuel")
    assert load(written(package)).tables["activities"].shape[0] == 5


def test_imports_can_break_a_circle_with_a_warning(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.add("trade.csv", "coal,import,*,0.01,,,,bn gold per Mt")
    warnings = load(written(package)).warnings
    assert ("W204", (2, 5)) in [(warning.code, warning.rows) for warning in warnings]


def test_trade_in_circles_is_a_warning(package: Any, written: Any) -> None:
    package.add("trade.csv", "grain,import,2003,0.08,0.07,,,bn gold per Mt")
    (warning,) = [found for found in load(written(package)).warnings if found.code == "W210"]
    assert (warning.rows, warning.value) == ((4, 5), "0.07")
    assert 'In 2003 "grain" is sold for 0.07 and bought for 0.08, both without limit' in warning.sentence


def test_huge_file_is_refused(package: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 400)
    findings = _refused(written(package))
    assert ("E109", "coefficients.csv") in [(finding.code, finding.file) for finding in findings]


def test_many_bad_values_are_counted(package: Any, written: Any) -> None:
    package.files["plans.csv"] = "plan\ngrowth\nbare\n" + "".join(f"{n} plan\n" for n in range(500))
    findings = _refused(written(package))
    assert len(findings) == 21
    assert sum(len(finding.rows) for finding in findings) == 500


def _byte_order_mark(package: Any) -> None:
    package.files["plans.csv"] = b"\xef\xbb\xbf" + package.text("plans.csv").encode()


def _star_in_vain(package: Any) -> None:
    package.add("final_use.csv", "steel,defence,2001,1,,,")
    package.add("final_use.csv", "steel,defence,2003,1,,,")


WARNINGS = {
    "byte order mark": (_byte_order_mark, "W201", "plans.csv", (1,), ""),
    "base period": (("actuals", 4, "value", "0.5"), "W202", "actuals.csv", (4,), "value"),
    "star in vain": (_star_in_vain, "W203", "final_use.csv", (2,), "period"),
    "tiny": (("coefficients", 8, "value", "1e-9"), "W205", "coefficients.csv", (8,), "value"),
    "other unit, not preferred": (("actuals", 5, "unit", "kt"), "W206", "actuals.csv", (5,), "unit"),
    "no price": (("products", 2, "price", ""), "W207", "products.csv", (2,), "product"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_warned(name: str, package: Any, written: Any) -> None:
    spoil, *place = WARNINGS[name]
    if callable(spoil):
        spoil(package)
    else:
        package.cell(f"{spoil[0]}.csv", *spoil[1:])
    warnings = load(written(package)).warnings
    assert [[warning.code, warning.file, warning.rows, warning.column] for warning in warnings] == [place]
