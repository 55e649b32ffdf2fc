"""What stands for an open finding: a risk that somebody accepts, or a promise with a date (domain.md 0.11, 1.13)."""

from __future__ import annotations

from typing import Any

from app.edits import Edit
from app.edits.generic import add, set_fields
from app.errors import FieldFault
from app.messages import Message, msg
from app.model.changes import ChangeSet
from app.model.commit import AcceptedRisk, Commitment
from app.model.document import Document
from app.model.fields import fields_of
from app.model.ids import Mint
from app.model.room import Person
from app.policy.acceptance import last_day
from app.policy.days import in_words
from app.policy.windows import day_at


def accept_risk(
    code: str, subject: str, saw: str, substance: str = "", *, who: str | None, why: str, expiry: str
) -> Edit:
    """Accept a warning until a day; one that was accepted before is accepted anew. `saw` is what it says now, and
    `substance` the mark of that.

    Raises a FieldFault for who, why or expiry where it is missing, for somebody who is not from inside the company,
    and for a day that is over or more than a year ahead.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        today = day_at(document, mint.moment())
        _needs("who", who, msg("Say who accepts it."))
        _needs_somebody_inside(document, "who", who)
        _needs("why", why.strip(), msg("Say why it may stay so."))
        _needs_day(AcceptedRisk, "expiry", expiry, today)
        _needs_a_near_day("expiry", expiry, today)
        values = {
            "code": code,
            "subject": subject,
            "saw": saw,
            "substance": substance,
            "who": who,
            "why": why,
            "expiry": expiry,
        }
        before = [row for row in document.rows(AcceptedRisk) if (row.code, row.subject) == (code, subject)]
        if before:
            return set_fields(before[-1].id, msg("Accept {code} again", code=code), **values)(document, mint)
        return add(AcceptedRisk, values)(document, mint)

    return edit


def promise(code: str, subject: str, *, what: str, who: str | None, by_when: str) -> Edit:
    """Promise an answer to a finding, with a name and a day. A promise for the same finding is replaced.

    Raises a FieldFault for what, who or by_when where it is missing, and for a day that is over.
    """

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        _needs("what", what.strip(), msg("Say what is promised."))
        _needs("who", who, msg("Say who promises it."))
        _needs_day(Commitment, "by_when", by_when, day_at(document, mint.moment()))
        values = {"code": code, "subject": subject, "what": what, "who": who, "by_when": by_when}
        before = [row for row in document.rows(Commitment) if (row.code, row.subject) == (code, subject)]
        if before:
            return set_fields(before[-1].id, msg("Promise {code} again", code=code), **values)(document, mint)
        return add(Commitment, values)(document, mint)

    return edit


def _needs(field: str, value: object, advice: Message) -> None:
    if not value:
        raise FieldFault(field, advice)


def _needs_somebody_inside(document: Document, field: str, who: str | None) -> None:
    person = document.get(Person, who)
    if person is not None and person.side != "inside":
        raise FieldFault(
            field,
            msg("{name} is not from inside the company.", name=person.name),
            msg("Choose somebody who will carry the risk."),
        )


def _needs_a_near_day(field: str, day: str, today: str) -> None:
    latest = last_day(today)
    if day > latest:
        raise FieldFault(
            field,
            msg("{day} is more than a year ahead.", day=in_words(day)),
            msg("Choose a day until {day}, and accept it again then.", day=in_words(latest)),
        )


def _needs_day(row_class: type[Any], name: str, day: str, today: str) -> None:
    label = msg(fields_of(row_class)[name].label)
    if not day:
        raise FieldFault(name, msg("{label}: no day is given.", label=label), msg("Say until when."))
    if day < today:
        raise FieldFault(name, msg("{label}: that day is over.", label=label), msg("Choose a day to come."))
