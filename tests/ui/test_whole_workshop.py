"""The main job from an empty project to a signed and verified copy in other hands, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.cli import main
from app.model.boundary import BoundaryLine, Workflow
from app.model.commit import AcceptedRisk, RaciOverride, Signature
from app.model.document import Document
from app.model.exceptions import CoverageWindow
from app.model.oversight import Action
from app.model.room import Agent, FunctionContact, Person
from app.model.scorecard import Metric
from app.model.stop import DrillRun, StopControl
from app.revisions.signoff import state
from app.store import files
from tests.support.keyboard import Keyboard
from ui.application import Home
from ui.dialogs.export import ExportDialog
from ui.window import Window

PEOPLE = """\
Dana Abelard, Head of Support Operations, Support
Jun Kowalczyk, Head of Platform, IT
Marc Oyelaran, Billing team lead, Operations
Rosa Steiner, VP Support, Support
Lea Wirth, Evaluation lead, Data
"""

ANSWERS = {
    "Agreed for business": "Dana Abelard",
    "Agreed for IT": "Jun Kowalczyk",
    "Owner, billing-exceptions": "Marc Oyelaran",
    "Authority": "may make changes, may pause, may stop",
    "Lands in": "billing-exceptions",
    "Reviewed by": "Marc Oyelaran",
    "Looked at within, minutes": "30",
    "Reviewer may": "Answer, correct the record, hand it to Legal",
    "Goes further to": "Rosa Steiner",
    "Sight of the queue": "The view of the ticket tool that shows held cases",
    "Response expectation": "Within 30 minutes on working days; at night cases wait",
    "Authority to resolve or reroute": "Resolve up to 100 euros, reroute everything else",
    "Playbook": "Handbook, chapter 7",
    "Way back into the workflow": "On Tuesdays Lea Wirth turns what was learnt into a case of the suite.",
    "Approved by": "Dana Abelard",
    "Escalation path": "Marc Oyelaran",
    "Roll back to": "The rules of the week before",
    "Stops new work": "yes",
    "Quarantines work in flight": "yes",
    "What happens to work in flight": "Drafts wait in the queue until Marc Oyelaran has read them",
    "Last tested": "today",
    "Last run": "today",
}
"""What the room answers when a field asks for it, by the label of the field."""

SEATS = {
    "Workflow owner": "Dana Abelard",
    "System owner": "Jun Kowalczyk",
    "Exception owner": "Marc Oyelaran",
    "Outcome owner": "Rosa Steiner",
    "For value (business)": "Dana Abelard",
    "For safety (IT)": "Jun Kowalczyk",
}

ROLES = {
    "Agent Product Owner": "Dana Abelard",
    "Agent Reliability Engineer": "Jun Kowalczyk",
    "Evaluation Engineer": "Lea Wirth",
    "Tool Registry Maintainer": "Jun Kowalczyk",
    "Escalation Reviewer": "Marc Oyelaran",
}

MOST_ANSWERS = 120
"""Points that one workshop may leave to be found by F8."""


@pytest.fixture
def keyboard() -> Keyboard:
    return Keyboard()


def test_an_empty_project_becomes_a_signed_and_verified_one(
    qtbot: QtBot, home: Home, keyboard: Keyboard, tmp_path: Path
) -> None:
    path = tmp_path / "Ticket triage.ownermap"
    window = start_from_the_empty_template(home, keyboard, path)
    settle_the_room(window, keyboard)
    settle_the_boundary(window, keyboard)
    settle_the_owners(window, keyboard)
    window = stop_in_the_middle_and_go_on(home, window, keyboard, path)
    settle_the_roles(window, keyboard)
    settle_the_actions(window, keyboard)
    settle_the_exceptions(window, keyboard)
    settle_the_changes(window, keyboard)
    settle_the_stop(window, keyboard)
    settle_the_scorecard(window, keyboard)
    change_a_letter(window, keyboard)
    answer_what_still_blocks(window, keyboard)
    accept_a_warning(window, keyboard)
    sign_every_seat(window, keyboard)
    copies = export_everything(qtbot, window, keyboard)
    keyboard.press("Ctrl+W")
    assert home.windows == []
    assert main(["check", str(path), "--level", "design"]) == 0
    assert main(["verify", str(path), *map(str, copies)]) == 0


def start_from_the_empty_template(home: Home, keyboard: Keyboard, path: Path) -> Window:
    """The start screen, a template, and where the file is to be."""

    def name_the_file() -> None:
        keyboard.answer(str(path))
        if QApplication.activeModalWidget() is not None:
            # The dialog had a suggestion open, which took the first Return.
            keyboard.press("Return")

    home.show_start()
    keyboard.tab_to("New from template: Empty")
    keyboard.in_dialog(name_the_file)
    keyboard.press("Return")
    (window,) = home.windows
    assert path.exists()
    return window


def settle_the_room(window: Window, keyboard: Keyboard) -> None:
    """Name the agent, choose its stage, paste the people, and say who speaks for a function."""
    keyboard.answer("Ticket triage agent")
    keyboard.fill("Stage", "1b")
    keyboard.fill("Time zone", "Europe/Berlin")
    QGuiApplication.clipboard().setText(PEOPLE)
    keyboard.tab_to("Paste a list of names")
    keyboard.press("Return")
    keyboard.tab_to("Add 5")
    keyboard.press("Return")
    keyboard.fill("Contact, Support", "Dana Abelard")
    document = window.desk.document
    assert document.only(Agent).name == "Ticket triage agent"
    assert document.only(Agent).stage == "1b"
    assert document.only(Agent).time_zone == "Europe/Berlin"
    assert [person.name for person in document.rows(Person)] == [line.split(",")[0] for line in PEOPLE.splitlines()]
    assert document.called(document.fixed(FunctionContact, "SUP").person) == "Dana Abelard"


def settle_the_boundary(window: Window, keyboard: Keyboard) -> None:
    """The statement, a line in each of the three columns, and what would keep it from going live."""
    keyboard.press("Ctrl+2")
    keyboard.fill("Boundary statement", "Classifies billing tickets, drafts replies; refund cases go to Marc Oyelaran.")
    for line in ("answer simple billing questions", "refund cards", "cancel subscriptions"):
        keyboard.fill("Add Boundary line", line)
        keyboard.press("Tab", times=2)
    keyboard.fill("Add Launch blocker", "A refund is promised that nobody has approved")
    lines = {line.side: f"{line.verb} {line.object}" for line in window.desk.document.rows(BoundaryLine)}
    assert lines == {
        "may": "answer simple billing questions",
        "routes_out": "refund cards",
        "barred": "cancel subscriptions",
    }


def settle_the_owners(window: Window, keyboard: Keyboard) -> None:
    """A name in each of the six seats, typed as far as needed."""
    keyboard.press("Ctrl+3")
    for seat, name in SEATS.items():
        keyboard.fill(f"Person, {seat}", name[:5])
    assert {seat.label: seat.person.name for seat in state(window.desk.document).seats if seat.person} == SEATS


def stop_in_the_middle_and_go_on(home: Home, window: Window, keyboard: Keyboard, path: Path) -> Window:
    """Close with a sentence half typed; open the file again, take the sentence back, and bring it again."""
    keyboard.press("Ctrl+2")
    keyboard.tab_to("Purpose")
    keyboard.type("Nobody waits for an answer that a")
    keyboard.press("Ctrl+W")
    assert home.windows == []
    assert purpose(files.read(path).document) == "Nobody waits for an answer that a"
    home.show_start()
    keyboard.tab_to("Ticket triage")
    keyboard.press("Return")
    (window,) = home.windows
    keyboard.press("Ctrl+Z")
    assert purpose(window.desk.document) == ""
    keyboard.press("Ctrl+Shift+Z")
    keyboard.press("Ctrl+2")
    keyboard.tab_to("Purpose")
    keyboard.press("Ctrl+End")
    keyboard.type(" book has.")
    keyboard.press("Ctrl+Return")
    assert purpose(window.desk.document) == "Nobody waits for an answer that a book has."
    return window


def settle_the_roles(window: Window, keyboard: Keyboard) -> None:
    """One name for each of the five roles."""
    keyboard.press("Ctrl+4")
    for role, name in ROLES.items():
        keyboard.fill(f"Person, {role}", name)


def settle_the_actions(window: Window, keyboard: Keyboard) -> None:
    """Two actions: one that a person approves each time, and one that hands a case to a person."""
    keyboard.press("Ctrl+5")
    keyboard.tab_to("Actions")
    for name in ("Send reply to a simple billing question", "Route refund cases"):
        keyboard.type(name)
        keyboard.press("Return")
    keyboard.press("Up", times=5)
    describe_the_action(keyboard, "Comp", "One", "Named", "About", "Internal", "Sends a message outside")
    keyboard.press("I")
    keyboard.press("Down")
    describe_the_action(keyboard, "Undo", "One", "Other", "About", "Internal", "Hands to a person")
    keyboard.press("U")
    reply, route = window.desk.document.rows(Action)
    assert (reply.name, reply.current, reply.reversibility) == ("Send reply to a simple billing question", "in_loop", 2)
    assert (route.name, route.current, route.flags) == ("Route refund cases", "out_of_loop", ("human_acts_next",))


def describe_the_action(keyboard: Keyboard, *levels: str) -> None:
    """The five attributes and a flag of the selected action, then back to the table."""
    keyboard.press("Return")
    labels = ("If it is wrong", "Blast radius", "External visibility", "Cost of one", "Data exposed", "Flags")
    for label, level in zip(labels, levels, strict=True):
        keyboard.fill(label, level)
    keyboard.press("Escape")


def settle_the_exceptions(window: Window, keyboard: Keyboard) -> None:
    """The queue with an owner, and who is there in business hours."""
    keyboard.press("Ctrl+6")
    keyboard.fill("Add Queue", "billing-exceptions")
    keyboard.tab_to("Add hours")
    keyboard.press("Return")
    keyboard.answer("Marc Oyelaran")
    keyboard.fill("Escalation rules", "Refund, fraud, cancellation and legal cases leave the agent at once.")
    (window_row,) = window.desk.document.rows(CoverageWindow)
    assert window.desk.document.called(window_row.holder) == "Marc Oyelaran"


def settle_the_changes(window: Window, keyboard: Keyboard) -> None:
    """The suite that every change must pass; who approves what is left to F8."""
    keyboard.press("Ctrl+7")
    keyboard.tab_to("Add Evaluation suite")
    keyboard.type("Two hundred tickets with known answers")
    keyboard.press("Tab")
    keyboard.press("Return")
    keyboard.fill("Where it runs", "In the pipeline, before each release")
    keyboard.fill("Owner", "Lea Wirth")
    keyboard.fill("Standing", "yes")
    keyboard.fill("Runs on", "Prompts, Tools, Model version")


def settle_the_stop(window: Window, keyboard: Keyboard) -> None:
    """The stop button and who may press it, how a wrong reply is made good; then the drill, written down."""
    keyboard.press("Ctrl+8")
    keyboard.tab_to("Add Stop button")
    keyboard.type("The flag triage.enabled")
    keyboard.press("Tab")
    keyboard.press("Return")
    keyboard.fill("Who may press it", "Jun Kowalczyk")
    keyboard.tab_to("Send reply to a simple billing question")
    keyboard.press("Return")
    keyboard.fill("Steps", "Write to the customer again, put the record right")
    keyboard.fill("Run by", "Marc Oyelaran")
    keyboard.press("Ctrl+7")
    keyboard.press("Ctrl+8")
    keyboard.tab_to("Record this drill")
    keyboard.press("Return")
    assert len(window.desk.document.rows(StopControl)) == 1
    assert len(window.desk.document.rows(DrillRun)) == 1


def settle_the_scorecard(window: Window, keyboard: Keyboard) -> None:
    """The headline metric."""
    keyboard.press("Ctrl+9")
    keyboard.tab_to("Add Metric")
    keyboard.answer("Intervention rate")
    (metric,) = window.desk.document.rows(Metric)
    assert metric.name == "Intervention rate"


def change_a_letter(window: Window, keyboard: Keyboard) -> None:
    """One cell of the RACI, with the reason."""
    keyboard.press("Ctrl+9")
    keyboard.press("Ctrl+PgDown")
    keyboard.tab_to("RACI matrix")
    keyboard.press("Down", times=3)
    keyboard.press("Right", times=3)
    keyboard.press("C")
    keyboard.answer("She asked to be heard before the scope changes")
    (override,) = window.desk.document.rows(RaciOverride)
    assert override.reason == "She asked to be heard before the scope changes"


def answer_what_still_blocks(window: Window, keyboard: Keyboard) -> None:
    """F8 leads to the most important point; whatever field asks there is answered, until nothing blocks."""
    for _ in range(MOST_ANSWERS):
        finding = window.foot.finding
        if finding is None or not finding.blocks:
            return
        keyboard.press("F8")
        asked = keyboard.said()
        known = [label for label in ANSWERS if asked.startswith(label)]
        assert known, f"{finding.code} leads to “{asked}” on {window.step}"
        keyboard.answer(ANSWERS[max(known, key=len)])
        assert window.foot.finding != finding, f"{finding.code} asks again after the answer in “{asked}”"
    raise AssertionError("F8 never comes to an end")


def accept_a_warning(window: Window, keyboard: Keyboard) -> None:
    """One of the warnings becomes a risk that somebody carries by name, until a day."""
    keyboard.press("Ctrl+9")
    keyboard.press("Ctrl+PgDown", times=2)
    keyboard.fill("Show", "Warnings")
    keyboard.tab_to("Open points")
    keyboard.press("A")
    keyboard.answer("Rosa Steiner")
    keyboard.fill("Reason", "Volume is low until spring")
    keyboard.fill("Until", "+60")
    keyboard.tab_to("Accept the risk")
    keyboard.press("Return")
    (risk,) = window.desk.document.rows(AcceptedRisk)
    assert window.desk.document.called(risk.who) == "Rosa Steiner"


def sign_every_seat(window: Window, keyboard: Keyboard) -> None:
    """Each of the six seats, by its own name."""
    keyboard.press("Ctrl+9")
    keyboard.press("Ctrl+PgDown", times=3)
    for name in SEATS.values():
        keyboard.tab_to(f"Full name of {name}")
        keyboard.answer(name)
    assert len(window.desk.document.rows(Signature)) == len(SEATS)
    assert state(window.desk.document).signed


def export_everything(qtbot: QtBot, window: Window, keyboard: Keyboard) -> list[Path]:
    """All three formats, into the folder of the project."""
    keyboard.press("Ctrl+E")
    keyboard.fill("JSON", "yes")
    keyboard.press("Return")
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitUntil(lambda: bool(dialog.results or dialog.fault.text()), timeout=40_000)
    assert dialog.fault.text() == ""
    copies = [result.path for result in dialog.results]
    keyboard.press("Escape")
    return copies


def purpose(document: Document) -> str:
    return document.only(Workflow).purpose
