"""What a finding says in substance, so that an accepted risk stays accepted while that is the same.

A name that is changed, and a number that runs with the calendar, change the words and not the substance. A parameter
whose name begins with `now_` runs so; a name stands for the row that has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from app.messages import Message, Param, words
from app.model.commit import AcceptedRisk
from app.model.document import Document, Table
from app.model.fields import clean_text, fields_of
from app.model.kinds import BY_KIND

RUNNING = "now_"

_LENGTH = 12
_NAMED = tuple(kind for kind, row_class in BY_KIND.items() if row_class.spec.title == "name")


class Seen(NamedTuple):
    """What an accepted risk keeps of a finding: its words, and the mark of its substance."""

    saw: str
    substance: str


def seen(document: Document, detail: Message) -> Seen:
    """What an accepted risk keeps of a finding that says this."""
    return Seen(_sentence(detail), _mark(document, detail))


def is_the_same(document: Document, risk: AcceptedRisk, detail: Message) -> bool:
    """Whether a finding is in substance the one that was accepted; by its words where no mark was kept."""
    if not risk.substance:
        return risk.saw == _sentence(detail)
    return risk.substance == _mark(document, detail)


def _sentence(detail: Message) -> str:
    return clean_text(words(detail), lines=False)[: fields_of(AcceptedRisk)["saw"].limit].rstrip()


def _mark(document: Document, detail: Message) -> str:
    ids = _ids(tuple(document.table(kind) for kind in _NAMED))
    plain = json.dumps(_plain(detail, ids), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()[:_LENGTH]


def _plain(param: Param, ids: Mapping[str, str]) -> object:
    """A message without what runs, with rows in the place of their names."""
    if isinstance(param, Message):
        return [param.id, {name: _plain(each, ids) for name, each in param.params if not name.startswith(RUNNING)}]
    return [ids.get(part, part) for part in param.split(", ")] if isinstance(param, str) else param


@lru_cache(maxsize=4)
def _ids(tables: tuple[Table, ...]) -> Mapping[str, str]:
    """The row that has each name; of several the first."""
    found: dict[str, str] = {}
    for table in tables:
        for row in table.ordered:
            found.setdefault(row.called(), row.id)
    return found
