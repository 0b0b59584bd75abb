"""A worked example that goes on: two more years of the economy of two goods, in units of its own."""

import shutil
from pathlib import Path

from planner.shipped import shipped

JOINT = '\n[opening]\nfrom = "two_goods"\nperiod = "2"\n'
LINES = {
    ("capacity", "farms"): "carried,1,",
    ("capacity", "furnaces"): "carried,0.5,",
    ("debt", "crowns"): "dropped,,nothing is ever lent",
    ("labour", "workers"): "carried,1,",
    ("consumption", "*"): "carried,1,",
}


def written(folder: Path, lines=LINES, *, name: str = "after", more: str = JOINT) -> Path:
    """The economy of the years 3 and 4, a furnace of which makes twice what one made before."""
    place = folder / name
    shutil.copytree(shipped("inputs") / "two_goods", place)
    for path in (*place.glob("*.md"), place / "claims.csv"):  # what was said of the first two years
        path.unlink()
    toml = (place / "economy.toml").read_text(encoding="utf-8")
    toml = toml.replace('base_period = "0"', 'base_period = "2"').replace('["1", "2"]', '["3", "4"]')
    (place / "economy.toml").write_text(toml + more, encoding="utf-8")
    for table in ("population", "targets", "actuals"):
        path = place / f"{table}.csv"
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        at = rows[0].index("period")
        for row in rows[1:]:
            row[at] = str(int(row[at]) + 2)
        path.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    head = "kind,key,change,factor,reason\n"
    cells = [f"{kind},{key},{cells}\n" for (kind, key), cells in lines.items()]
    (place / "rebase.csv").write_text(head + "".join(cells), encoding="utf-8")
    return place
