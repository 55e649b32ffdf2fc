"""Every command of the window, once: its words, its menu, its keys. Menus and the command palette are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.messages import words


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is called in code, its menu, its words, and its keys (several are parted by blanks). The
    letter after & in the name of a menu opens it, with Alt; the entries of a menu are given theirs."""

    id: str
    menu: str
    text: str
    keys: str = ""
    gap: bool = False
    """True where a line parts it from the command above."""


COMMANDS = (
    Command("new", "&File", "New …", "Ctrl+N"),
    Command("open", "&File", "Open …", "Ctrl+O"),
    Command("save", "&File", "Save", "Ctrl+S", gap=True),
    Command("save_copy", "&File", "Save a copy …", "Ctrl+Shift+S"),
    Command("merge_copy", "&File", "Merge a copy …"),
    Command("compare", "&File", "Open it again and compare"),
    Command("backups", "&File", "Backups …"),
    Command("export", "&File", "Export …", "Ctrl+E", gap=True),
    Command("close", "&File", "Close", "Ctrl+W", gap=True),
    Command("quit", "&File", "Quit", "Ctrl+Q"),
    Command("undo", "&Edit", "Undo", "Ctrl+Z"),
    Command("redo", "&Edit", "Redo", "Ctrl+Shift+Z Ctrl+Y"),
    Command("find", "&Edit", "Find or do …", "Ctrl+K", gap=True),
    Command("go_to_finding", "&Edit", "Go to the next open point", "F8"),
    Command("go_to_finding_before", "&Edit", "Go to the open point before", "Shift+F8"),
    Command("message", "&View", "Go to the message above the page", "F6"),
    Command("next_step", "&View", "Next step", "Ctrl+PgDown"),
    Command("previous_step", "&View", "Step before", "Ctrl+PgUp"),
    Command("due", "&Workshop", "Due next"),
    Command("next_stage", "&Workshop", "What the next stage asks"),
    Command("crosswalk", "&Workshop", "Framework crosswalk"),
    Command("vote", "&Workshop", "Silent vote …", gap=True),
    Command("drill", "&Workshop", "Drill"),
    Command("paste_evidence", "&Workshop", "Paste evidence …", "Ctrl+Shift+V"),
    Command("record", "&Workshop", "Operating record …", gap=True),
    Command("revisions", "&Workshop", "Revisions …", "Ctrl+Shift+R"),
    Command("verify", "&Workshop", "Verify …"),
    Command("what_if", "&Workshop", "What if somebody leaves?", gap=True),
    Command("replace", "&Workshop", "Replace a person …"),
    Command("erase", "&Workshop", "Erase a person …"),
    Command("todo", "&Workshop", "Copy the to-do sheet", gap=True),
    Command("parked", "&Workshop", "Parking lot …"),
    Command("decisions", "&Workshop", "Decisions …"),
    Command("audience", "&View", "Audience view", "F5", gap=True),
    Command("guide", "&View", "Guide", "F1"),
    Command("short_path", "&View", "Short workshop: the six questions only", "F7"),
    Command("clock", "&View", "Start or pause the clock", "Ctrl+Shift+K"),
    Command("zoom_in", "&View", "Larger", "Ctrl++ Ctrl+=", gap=True),
    Command("zoom_out", "&View", "Smaller", "Ctrl+-"),
    Command("zoom_reset", "&View", "Actual size", "Ctrl+0"),
    Command("theme_light", "&View", "Light", gap=True),
    Command("theme_dark", "&View", "Dark"),
    Command("theme_contrast", "&View", "High contrast"),
)

CHECKABLE = ("short_path",)


def build_menus(window: QMainWindow, acts: Mapping[str, Callable[[], object]], recent: QMenu) -> dict[str, QAction]:
    """Give the window its menus and shortcuts; `acts` says what each command does. A command without an act is
    left out."""
    actions: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for command in COMMANDS:
        if command.id not in acts:
            continue
        menu = menus.get(command.menu)
        if menu is None:
            menu = menus[command.menu] = window.menuBar().addMenu(words(command.menu))
        if command.gap:
            menu.addSeparator()
        action = QAction(words(command.text), window)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys.split()])
        action.setCheckable(command.id in CHECKABLE)
        act = acts[command.id]
        action.triggered.connect(_without_state(act))
        menu.addAction(action)
        actions[command.id] = action
        if command.id == "open":
            menu.addMenu(recent)
    for menu in menus.values():
        give_letters([action for action in menu.actions() if not action.isSeparator()])
    return actions


def give_letters(entries: Sequence[QAction]) -> None:
    """Give each entry of a menu a letter of its own, which does it while the menu is open: the one that it begins with,
    where no entry above begins with it too. What is left takes the first letter of another word, else any that is free.
    """
    taken: set[str] = set()
    for only_the_first in (True, False):
        for entry in entries:
            text = entry.text()
            wanted = text[:1] if only_the_first else (*_first_letters(text), *text)
            free = (sign for sign in map(str.casefold, wanted) if sign.isalnum() and sign not in taken)
            letter = entry.property("letter") or next(free, "")
            taken.add(letter)
            entry.setProperty("letter", letter)
    for entry in entries:
        say_in_menu(entry, entry.text())


def say_in_menu(entry: QAction, text: str) -> None:
    """Have an entry of a menu say something else; its letter stays, where that is in the words."""
    letter = entry.property("letter") or ""
    at_start = (place for place in range(len(text)) if place == 0 or text[place - 1] == " ")
    places = [place for place in (*at_start, *range(len(text))) if letter and text[place].casefold() == letter]
    first = places[0] if places else len(text)
    mark = "&" if places else ""
    entry.setText(text[:first].replace("&", "&&") + mark + text[first:].replace("&", "&&"))


def _first_letters(text: str) -> list[str]:
    return [word[0] for word in text.split()]


def _without_state(act: Callable[[], object]) -> Callable[[bool], None]:
    def triggered(checked: bool = False) -> None:
        act()

    return triggered
