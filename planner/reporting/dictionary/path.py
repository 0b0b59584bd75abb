"""Words of the tables of the path to the settled figures.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["PATH"]

PATH: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "path": (
        "Of all plans that reach the settled figures, the one whose yearly outputs come nearest to steady growth; one of many.",
        {
            "product": "in all its places; `*` for household consumption per head",
            "period": "",
            "unit": "",
            "reference": "steady growth from the base period through the settled figures; a figure of the plan extended counts "
            "as far as it can be had beside them",
            "feasible": "output on the path, which may end half a per cent under the settled figures",
            "least": "the least of it in this period that the settled figures leave room for; empty where `planner feasibility` "
            "was not asked, which seeks it, and with regions, where it is not sought",
            "greatest": "the most of it in this period that they leave room for",
            "actual": "what happened, where it is known",
            "official": "the plan's figure for this period, where it has one",
            "note": "where the reference comes from; a fall, with the limit that is to blame for it, or the other output "
            "(`output`) that would have to be more",
        },
    ),
    "regional_path": (
        "What is made on the path in each region. Growth is steady of the country; how it is spread over regions is one of "
        "many ways.",
        {
            "product": "that has places",
            "region": "label",
            "period": "",
            "unit": "",
            "feasible": "output there on the path",
            "actual": "what happened, where it is known",
            "official": "the plan's figure for this region and period, where it has one",
        },
    ),
    "produced": (
        "The path beside what was produced, of everything of which that is known.",
        {
            "product": "`*` for household consumption per head",
            "period": "",
            "unit": "",
            "path": "output on the path",
            "produced": "what was produced in fact",
            "apart": "by which share of what was produced the path lies above it, or below",
            "reason": "where they lie more than 15 % apart: what of path, limits and base period accounts for it",
        },
    ),
    "labour": (
        "Employment by branch on the path, and how output per worker moves.",
        {
            "branch": "group of activities; `*` for all, building of plant included",
            "period": "",
            "unit": "",
            "official": "the plan's figure, where it has one",
            "path": "persons employed on the path",
            "produced": "persons employed in fact, where that is known",
            "output_per_worker": "on the path, the first period being 1: outputs at the labour they took then, by what they take",
        },
    ),
    "import_shares": (
        "Imports as a share of output and imports together, of every product that may be imported.",
        {
            "product": "",
            "period": "",
            "unit": "",
            "official": "by the plan's figures, where it has both",
            "path": "on the path",
            "actual": "in fact, where both are known",
        },
    ),
}
