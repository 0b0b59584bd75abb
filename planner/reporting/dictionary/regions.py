"""Words of the tables that `planner regions` writes."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["REGIONS"]

REGIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "matching": (
        "Figures that a plan has for the country and for its regions, and their sums.",
        {
            "measure": "",
            "item": "without a region, of the country",
            "period": "",
            "sense": "on which side the figures are: a floor, a cap or both",
            "unit": "",
            "figures": "of regions, that are summed",
            "figures_seen": "those of them that were seen in a source",
            "sum": "of the figures of regions; of one for several regions only where these have none of their own",
            "official": "figure of the country",
            "sum_to_official": "sum by official",
        },
    ),
    "regions": (
        "Regions, and how much of a plan's figures for each can be had.",
        {
            "region": "label",
            "name": "what it is called",
            "longitude": "of its centre, degrees east",
            "latitude": "of its centre, degrees north",
            "figures": "that the plan has for it, alone or with others",
            "figures_seen": "those of them that were seen in a source",
            "share_alone": "share to which they can be had together where no other figure is asked for; empty without figures",
        },
    ),
    "flows": (
        "What moves between regions in a plan that reaches the share of all figures and hauls the least.",
        {
            "product": "",
            "from": "region where it starts",
            "to": "region where it comes to",
            "period": "",
            "way": "both ends, and the link where another one joins them too",
            "quantity": "amount that moves",
            "unit": "",
            "load": "weight of it on a line, as the table of carriage counts",
            "distance": "length of the link, in its own unit",
        },
    ),
    "lines": (
        "Lines between regions that some plant limits, each way: what they carry in the plan with the least hauls.",
        {
            "way": "both ends, and the link where another one joins them too",
            "period": "",
            "unit": "",
            "load": "weight of what moves",
            "room": "most that could move",
            "share_used": "load by room",
            "shadow_price": "what one unit more of room, this way, would add to the share of all figures",
        },
    ),
    "regional_prices": (
        "What one more of a product is worth in each region.",
        {
            "product": "",
            "region": "label",
            "period": "",
            "unit": "",
            "shadow_price": "what one unit more there would add to the share of all figures",
        },
    ),
    "regional_relaxation": (
        "By how much all that there is in one region, by itself, would have had to be more for every target to be met in full.",
        {
            "region": "label",
            "group": "the same in words",
            "needed": "growth of the limits, as a share of them",
            "answer": "enough, no amount, nothing needed or undecided",
            "proved": "of no amount, whether certificate.csv holds the proof of it",
            "unit": "",
        },
    ),
    "regional_conflicts": (
        "Conflicts and cures with all that there is in a region as one requirement: by region over all items.",
        {
            "kind": "conflict, or cure",
            "number": "of its kind, smallest first",
            "size": "how many members",
            "members": "targets, regions, and what is in no region, by key",
            "sentence": "the same in words",
            "proved": "of a conflict, whether certificate.csv holds the proof of it",
        },
    ),
    "regional_weights": (
        "What limits weigh: by item over all regions, and by region over all items.",
        {
            "by": "item or region",
            "item": "the item without its place, or the region; empty: what all regions share, and what has no item",
            "limit": "constraint family, or bound of a variable",
            "weight": "per cent more of the share of all figures for one per cent more of these limits; by item, and by region, "
            "the weights add up to one",
        },
    ),
}
