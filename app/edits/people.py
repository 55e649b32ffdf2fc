"""Adding the people, rotas and queues that a name stands for: one edit adds them and puts them where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.edits import Edit
from app.edits.generic import add, change_set, existing, new_row, set_fields, together
from app.messages import msg
from app.model import vocabulary as v
from app.model.changes import ChangeSet, RowChange
from app.model.document import Document
from app.model.fields import Kind, fields_of
from app.model.ids import Mint
from app.model.room import Person
from app.model.row import Row


def add_and_refer(row_class: type[Row], title: str, row_id: str, field: str) -> Edit:
    """Add a row called `title` and have `field` of another row name it (or name it too, in a list), as one step."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        added = add(row_class, {row_class.spec.title: title})(document, mint)
        assert added is not None
        new_id = added.changes[0].id
        referrer = existing(document, row_id)
        held = referrer.value(field)
        many = fields_of(type(referrer))[field].kind is Kind.REFERENCES
        value = (*held, new_id) if many and isinstance(held, tuple) else new_id
        label = msg("Add {what} “{title}”", what=msg(row_class.spec.one), title=title)
        return together(label, lambda now, m: added, set_fields(row_id, **{field: value}))(document, mint)

    return edit


def add_people(people: Iterable[Mapping[str, str]]) -> Edit:
    """Add people, each given by the values of some fields, as one step; a name that is there already is left alone."""

    def edit(document: Document, mint: Mint) -> ChangeSet | None:
        now, known = document, {person.name.casefold() for person in document.rows(Person)}
        changes: list[RowChange] = []
        for values in people:
            name = values.get("name", "").strip()
            if not name or name.casefold() in known:
                continue
            known.add(name.casefold())
            change = RowChange(None, new_row(now, mint, Person, values))
            changes.append(change)
            now = now.applying([change])
        return change_set(mint, msg("Add {count} of {what}", count=len(changes), what=msg(Person.spec.many)), changes)

    return edit


def people_in(text: str) -> list[dict[str, str]]:
    """People from a pasted list, one a line: "Name", "Name, Title", "Name, Title, Function", or an address such as
    "Name <mail>". Tabs, semicolons and commas part the columns; numbers and bullets in front are dropped."""
    found = []
    for raw in text.splitlines():
        contact = ""
        bare = re.sub(r"^\s*(?:[-*•–]|\d{1,3}[.)])\s+", "", raw)
        if address := re.search(r"<([^<>\s]+@[^<>\s]+)>", bare):
            contact, bare = address.group(1), bare.replace(address.group(0), "")
        parts = [part.strip().strip('"') for part in re.split(r"[\t;,]", bare)]
        values = dict(zip(("name", "title", "function"), parts, strict=False))
        if contact:
            values["contact"] = contact
        if values.get("function", "").casefold() == "vendor" or values.get("title", "").casefold() == "vendor":
            values["side"] = str(v.SIDES[1].value)
        values = {key: value for key, value in values.items() if value}
        if "name" in values:
            found.append(values)
    return found
