"""Rows, change sets and messages as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.messages import Message, msg
from app.model.changes import ChangeSet, RowChange
from app.model.fields import Scope, fields_of
from app.model.kinds import BY_KIND
from app.model.row import Row, as_plain, from_plain

Plain = dict[str, Any]


def plain_row(row: Row, *, private: bool = True) -> Plain:
    """The row as JSON; without `private`, private fields are left out."""
    plain = as_plain(row)
    if not private:
        for name, field in fields_of(type(row)).items():
            if field.scope is Scope.PRIVATE:
                del plain[name]
    return plain


def plain_change_set(entry: ChangeSet, *, private: bool = True) -> Plain | None:
    """The change set as JSON; without `private` None for one that is private altogether."""
    changes = []
    for change in entry.changes:
        if not private and change.scopes() <= {Scope.PRIVATE}:
            continue
        changes.append(
            {
                "kind": change.kind,
                "before": plain_row(change.before, private=private) if change.before else None,
                "after": plain_row(change.after, private=private) if change.after else None,
            }
        )
    if entry.changes and not changes:
        return None
    return {
        "id": entry.id,
        "label": plain_message(entry.label),
        "changes": changes,
        "at": entry.at,
        "author": entry.author,
        "undoes": entry.undoes,
        "group": entry.group,
    }


def change_set_from_plain(plain: Mapping[str, Any]) -> ChangeSet:
    """The change set that `plain_change_set` wrote."""

    def row(change: Plain, name: str) -> Row | None:
        return from_plain(BY_KIND[change["kind"]], change[name]) if change[name] else None

    changes = tuple(RowChange(row(change, "before"), row(change, "after")) for change in plain["changes"])
    return ChangeSet(
        plain["id"],
        message_from_plain(plain["label"]),
        changes,
        plain["at"],
        plain["author"],
        plain["undoes"],
        plain["group"],
    )


def plain_message(message: Message) -> list[Any]:
    """[id, {parameter: value}]; a parameter that is a message is written the same way."""
    params = {name: plain_message(v) if isinstance(v, Message) else v for name, v in message.params}
    return [message.id, params]


def message_from_plain(plain: list[Any]) -> Message:
    """The message that `plain_message` wrote."""
    params = {name: message_from_plain(v) if isinstance(v, list) else v for name, v in plain[1].items()}
    return msg(plain[0], **params)
