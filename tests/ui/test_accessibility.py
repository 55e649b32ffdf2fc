"""Everything that can be reached has a name, on every page, walked as a screen reader walks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from app.steps import STEPS
from app.template_list import SAMPLE
from ui.window import Window

MakeWindow = Callable[..., Window]

ROLE = QAccessible.Role
NAMED = {
    ROLE.Button,
    ROLE.PushButton,
    ROLE.CheckBox,
    ROLE.RadioButton,
    ROLE.ComboBox,
    ROLE.EditableText,
    ROLE.List,
    ROLE.Table,
    ROLE.Tree,
    ROLE.Slider,
    ROLE.SpinBox,
    ROLE.ButtonMenu,
    ROLE.Link,
}


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from walk(child)


def nameless(widget: QWidget) -> list[str]:
    found = []
    for node in walk(QAccessible.queryAccessibleInterface(widget)):
        part = node.object()
        if node.role() in NAMED and not node.text(QAccessible.Text.Name).strip():
            # What a compound control is made of, such as the list inside a drop-down, speaks through the whole.
            if isinstance(part, QWidget) and part.objectName().startswith("qt_"):
                continue
            parent = part.parent() if part is not None else None
            found.append(f"{node.role().name} {type(part).__name__} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("step", [step.id for step in STEPS])
@pytest.mark.parametrize("template", ["empty", SAMPLE])
def test_every_control_has_a_name(make_window: MakeWindow, template: str, step: str) -> None:
    window = make_window(template)
    window.show_step(step)
    assert nameless(window) == []


def test_every_step_says_in_the_rail_what_is_open(make_window: MakeWindow) -> None:
    window = make_window("empty")
    names = [item.accessibleName() for item in window.rail.items.values()]
    assert names[0] == "Step 1, Room: blockers: 0, warnings: 4"
    assert all(names)
