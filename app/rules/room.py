"""Rules about the money of the agent: limits in order, in a currency that there is (domain.md 3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from app.messages import msg
from app.model.document import Document
from app.model.room import Agent
from app.policy.currencies import currencies
from app.rules.rule import Hit, Rule, part, rule
from app.rules.severity import WARNS


@rule(
    "ROM-01",
    73,
    step="room",
    question="Which wrong action is a nuisance, and which is serious?",
    why="The two limits rate what one wrong action costs; the wrong way round, every action gets the wrong floor.",
    weak="5,000 and 100.",
    better="Up to 100 a nuisance, above 5,000 serious.",
    marks=WARNS,
    reads=(part(Agent, "cost_l1", "cost_l2"),),
)
def cost_limits_are_in_order(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if agent.cost_l1 is not None and agent.cost_l2 is not None and agent.cost_l1 > agent.cost_l2:
        yield Hit(msg("Cost limit L1 is above L2, so nothing lies between them."), agent.id, "cost_l1")


@rule(
    "ROM-02",
    73,
    step="room",
    question="In which currency are the limits?",
    why="A limit in a currency that nobody knows limits nothing.",
    weak="Money.",
    better="EUR.",
    marks=WARNS,
    reads=(part(Agent, "currency"),),
)
def the_currency_is_known(document: Document, today: str) -> Iterator[Hit]:
    agent = document.only(Agent)
    if agent.currency and agent.currency not in currencies():
        said = msg("“{code}” is no currency code of ISO 4217, such as EUR or USD.", code=agent.currency)
        yield Hit(said, agent.id, "currency")


RULES: tuple[Rule, ...] = (cost_limits_are_in_order, the_currency_is_known)
