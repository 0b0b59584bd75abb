"""A small economy with a row of every kind, and a builder with which tests spoil it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HEADING = """\
schema = 1
title = "Two industries and a farm"
base_period = 2000
periods = [2001, 2002, 2003]
value_unit = "bn"
default_plan = "growth"
"""

TABLES = {
    "products": """\
product,name,unit,group,price
steel,Steel,Mt,metals,0.1
coal,Coal,Mt,fuel,
grain,,Mt,food,
machines,Machines,bn,metals,1
""",
    "activities": """\
activity,product,group
steel_making,steel,metals
coal_mining,coal,fuel
farming,grain,food
machine_building,machines,metals
""",
    "coefficients": """\
activity,item,role,from_period,value,low,high,unit,source,verified,lead
steel_making,coal,input,,1.2,1,1.5,Mt per Mt,a book,yes,
steel_making,labour,resource,,0.02,0.01,0.03,M persons per Mt,,no,
steel_making,furnaces,capacity,,1,0.9,1.1,Mt per Mt,,,
coal_mining,steel,input,,0.05,,,Mt per Mt,,,
coal_mining,labour,resource,,0.03,,,M persons per Mt,,,
farming,land,resource,,1,0.8,1.3,M ha per Mt,,,
farming,machines,input,,0.02,,,bn per Mt,,,1
machine_building,steel,input,,0.3,,,Mt per bn,,,
steel_making,coal,input,2002,1.1,,,Mt per Mt,,,
steel_making,steel,output,,1,0.9,1.1,,,,
""",
    "capacities": """\
capacity,name,unit,initial,initial_low,initial_high,retirement,gestation,growth_limit
furnaces,Furnaces,Mt,4,3.5,4.5,0.02,2,0.3
coal_mining,Mines,Mt,9,,,0.05,1,
""",
    "pipeline": "capacity,period,value\nfurnaces,2001,0.5\n",
    "investment": """\
capacity,item,year,value,low,high,unit
furnaces,machines,1,0.2,0.1,0.3,bn per Mt
furnaces,steel,2,0.1,,,Mt per Mt
coal_mining,machines,1,0.1,,,bn per Mt
""",
    "opening": "kind,key,period,value,low,high,unit\nactivity,farming,2001,40,35,,Mt\n",
    "resources": "resource,unit,kind\nlabour,M persons,labour\nskilled,M persons,labour\nland,M ha,land\n",
    "supply": """\
resource,period,value,low,high,unit
labour,*,10,9,11,M persons
labour,2002,12,,,M persons
skilled,*,1,,,M persons
land,*,40,,,M ha
""",
    "training": "to_resource,from_resource,periods,trainers,growth_limit\nskilled,labour,1,0.05,0.2\n",
    "final_use": """\
product,use,period,value,low,high,unit
steel,defence,*,0.1,0.05,0.2,Mt
steel,defence,2002,0.2,,,Mt
""",
    "consumption": "product,per_head,flexible,unit\ngrain,0.2,0.5,Mt per M persons\n",
    "worker_consumption": "product,per_worker,unit\ngrain,0.1,Mt per M persons\n",
    "population": "period,value,unit\n*,100,M persons\n",
    "stocks": "product,initial,limit,spoilage\ncoal,0,5,0.02\n",
    "trade": """\
product,direction,period,price,price_low,price_high,limit,unit
grain,export,*,0.08,0.06,0.1,5,bn gold per Mt
machines,import,*,2,1.5,2.5,1,bn gold per bn
grain,export,2003,0.07,,,,bn gold per Mt
""",
    "finance": "period,other_receipts,other_payments,credit,debt_limit,unit\n*,0.5,0.4,0.1,1,bn gold\n",
    "plans": "plan,title,decided_on\ngrowth,Growth,2000-11\nbare,,\n",
    "targets": """\
plan,measure,item,period,value,low,high,sense,weight,hard,unit
growth,output,steel,2003,5,4,6,,,,Mt
growth,investment,*,2001..2003,1,,,at_least,2,no,bn
growth,export,grain,"2001, 2003",4,,,,,,Mt
growth,consumption,*,2003,1.1,,,,,yes,index
""",
    "actuals": """\
measure,item,period,series,value,unit,preferred
output,steel,2000,official,3,Mt,yes
output,steel,2000,revised,2.9,Mt,
output,coal,2000,official,5,Mt,
output,steel,2003,official,4.5,Mt,
""",
    "projects": """\
project,capacity,size,cost,unit,gestation,earliest,latest,share_first_year
north_works,furnaces,1,0.4,Mt,2,,2002,0.5
south_works,furnaces,0.5,0.2,Mt,2,2001,2003,
""",
    "project_goods": "project,item,year,value\nnorth_works,machines,1,0.2\nnorth_works,machines,2,0.2\nsouth_works,machines,1,0.1\n",
    "project_rules": "project,rule,other\nnorth_works,excludes,south_works\n",
    "judgements": "judgement,text\nmines,Mines were widened after the first verdict.\n",
    "assumptions": "table,kind,group\nsupply,land,harvests\ncoefficients,land,harvests\ntrade,,terms of trade\n",
}

SCENARIOS = {
    "scenarios/dry/scenario.toml": 'title = "Dry years"\n',
    "scenarios/dry/coefficients.csv": """\
activity,item,role,from_period,value,low,high
farming,land,resource,,1.4,1.2,1.6
farming,land,resource,2003,1.5,,
""",
    "scenarios/drier/scenario.toml": 'title = "Drier years"\nextends = "dry"\n',
    "scenarios/drier/coefficients.csv": "activity,item,role,value\nfarming,land,resource,2\n",
    "scenarios/drier/final_use.csv": "product,use,period,value\nsteel,defence,*,0.3\ngrain,relief,2002,1\n",
}


@dataclass
class Package:
    """An economy that is not written yet: every file as text or bytes."""

    files: dict[str, str | bytes] = field(
        default_factory=lambda: {
            "economy.toml": HEADING,
            "README.md": "A test.\n",
            **{f"{name}.csv": text for name, text in TABLES.items()},
            **SCENARIOS,
        }
    )

    def text(self, file: str) -> str:
        """Text of a file."""
        text = self.files[file]
        return text if isinstance(text, str) else text.decode()

    def cell(self, file: str, row: int, column: str, value: str) -> None:
        """Write a cell; rows count as in a spreadsheet, the header being row 1. An unknown column is added."""
        rows = list(csv.reader(io.StringIO(self.text(file))))
        if column not in rows[0]:
            rows = [[*cells, ""] for cells in rows]
            rows[0][-1] = column
        rows[row - 1][rows[0].index(column)] = value
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        self.files[file] = written.getvalue()

    def add(self, file: str, line: str) -> None:
        """Append a line to a file."""
        self.files[file] = self.text(file) + line + "\n"

    def replace(self, file: str, old: str, new: str) -> None:
        """Exchange a piece of text that must be there."""
        assert old in self.text(file)
        self.files[file] = self.text(file).replace(old, new)

    def write(self, folder: Path) -> Path:
        """Write all files and return the folder."""
        for file, content in self.files.items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder


@pytest.fixture
def package() -> Package:
    """A good economy, not written yet."""
    return Package()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Package], Path]:
    """Writes a package to a folder of its own."""
    return lambda package: package.write(tmp_path / "toy")
