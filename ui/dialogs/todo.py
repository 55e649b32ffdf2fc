"""The end of a sitting: the to-do sheet goes to the clipboard, to be pasted into a mail."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from app.messages import msg, number_of
from app.report.todo import as_text, todos
from ui.desk import Desk


def copy_todo(desk: Desk) -> None:
    """Put the to-do sheet on the clipboard, and say how many lines it has and for how many people."""
    found = todos(desk.document, desk.workspace.findings.all)
    if not found:
        desk.refuse(msg("Nobody has anything left to do."))
        return
    QGuiApplication.clipboard().setText(as_text(desk.document, found))
    people = len({todo.who for todo in found})
    desk.say(
        msg(
            "Copied: {things}, for {people}. Paste it into a mail.",
            things=number_of(len(found), "1 thing to do", "{count} things to do"),
            people=number_of(people, "1 person", "{count} people"),
        )
    )
