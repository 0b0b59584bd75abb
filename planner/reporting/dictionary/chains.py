"""Words of the tables about chains of economies: the state that a plan leaves to those who come after."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["CHAINS"]

CHAINS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "state": (
        "What that plan leaves at the end of each period, in the form of the table `opening` of an economy that begins there.",
        {
            "end_of": "period at whose end it stands so",
            "kind": "capacity: plant in existence; building: works begun under the plan; pipeline: works of before it; retiring: "
            "plant whose fixed life ends; stock; debt; labour: persons beside those of `supply`, negative where some left for "
            "training; training: persons in training; consumption: level of households; activity: techniques that took "
            "something ahead; running: units that were on",
            "key": "kind of plant, product, currency, resource, training or technique, by kind",
            "period": "when works come on stream, plant is gone, training ends or the technique runs; else the next period",
            "unit": "",
            "value": "how much of it",
        },
    ),
}
