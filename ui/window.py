"""The window of one open project: top bar, rail, page, guide, foot, and the commands that they share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from app.edits.generic import set_fields
from app.messages import msg, words
from app.model.changes import ChangeSet
from app.model.commit import Decision, ParkedItem
from app.model.owners import Vote
from app.model.room import Agent, Workshop
from app.revisions.signoff import SignoffState
from app.rules.finding import Finding
from app.steps import BY_ID, on_the_path
from app.workspace import SaveState
from ui import screen
from ui.audience.window import AudienceWindow
from ui.desk import Desk
from ui.dialogs import DIALOGS
from ui.dialogs.palette import Entry, Palette
from ui.dialogs.rows import RowsDialog
from ui.file_commands import FileCommands, ProjectFile
from ui.leaving import Ending, Leaving
from ui.looking_only import LookingOnly
from ui.menus import COMMANDS, build_menus, say_in_menu
from ui.panels.bars import Bar
from ui.panels.foot import Foot
from ui.panels.new_draft import new_draft, starts_a_draft
from ui.panels.rail import Rail
from ui.panels.side import Side
from ui.panels.six import SixQuestions
from ui.panels.strip import Strip
from ui.panels.top_bar import TopBar
from ui.panels.whole import Whole
from ui.settings import Settings
from ui.steps import make_page
from ui.steps.base import Page
from ui.steps.readiness.page import ReadinessPage
from ui.undoing import Undoing, place_of, runs_by_itself
from ui.unfinished import Unfinished
from ui.widgets.basic import column, line
from ui.widgets.reading_order import focus_next

ROOM = 860
"""Width of the window, at 100 % zoom, below which the rail shows numbers alone and the bars say less."""


TIGHT = 540
"""The same, below which the top bar leaves out all but what cannot be missed."""

SIZE = 1280, 800
"""Pixels, of a window that was never opened before; a smaller screen makes it smaller."""


STATES = {SaveState.SAVING: "saving", SaveState.FAILED: "not saved", SaveState.READ_ONLY: "read-only"}
"""What the title says of saving, where there is something to say."""

NEW_DRAFT = "New draft."
"""The word under which it is said that an edit has left what was signed."""


class Window(QMainWindow):
    """One project. Opening another one is up to the application: it listens to the signals."""

    file_wanted = Signal(object)
    """A path that somebody wants to open, or None to pick one."""

    start_wanted = Signal()
    closed = Signal(object)

    def __init__(self, desk: Desk, settings: Settings, opened: ProjectFile | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.settings = settings
        self.opened = opened
        self.pages: dict[str, Page] = {}
        self.step = ""
        self.audience: AudienceWindow | None = None
        self._standing: SignoffState | None = None
        self._ending = Ending.CLOSED
        self._zoom_steps = 0
        self._zooming = QTimer(self)
        self._zooming.setSingleShot(True)
        self._zooming.setInterval(0)
        self._zooming.timeout.connect(self._zoom_now)
        self._build()
        self._commands()
        desk.place_wanted.connect(self.show_place)
        desk.notice.connect(self.bar.notice)
        desk.refusal.connect(self.bar.refusal)
        desk.promise_wanted.connect(self._promise)
        desk.command_wanted.connect(self.do)
        desk.erase_wanted.connect(self.files.erase)
        desk.merged.connect(self._merged)
        desk.workspace.failed.connect(self.bar.error)
        desk.workspace.changed.connect(self._edited)
        desk.workspace.saving_changed.connect(self._title)
        self.resize(*SIZE)
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode()))
        screen.keep_on_screen(self)
        # Before it is shown, as no window is ever smaller than what its panels ask for by then.
        self._fit()
        self.show_step(self._first_step())
        self._changed()
        for notice in opened.notices if opened else ():
            self.bar.stay("Note.", notice)

    def _build(self) -> None:
        self.top = TopBar(self.desk, export="export" in DIALOGS)
        self.bar = Bar(self.desk.icons)
        self.leaving = Leaving(self.bar)
        self.rail = Rail(self.desk)
        self.stack = QStackedWidget()
        self.side = Side(self.desk, self.settings)
        self.files = FileCommands(self, self.desk, self.bar, self.settings, self.opened)
        self.unfinished = Unfinished(self, self.desk, self.opened)
        self.undoing = Undoing(self.desk, self.bar)
        if self.desk.workspace.workspace.read_only is not None:
            LookingOnly(self, self.desk)
        self.foot = Foot(self.desk)
        whole = Whole()
        self.strips: tuple[Strip, ...] = (self.bar, self.files.line, self.unfinished.line)
        whole.bars = self.strips
        rows = column(whole, spacing=0)
        middle = line(spacing=0)
        for widget, stretch in ((self.rail, 0), (self.stack, 1), (self.side, 0), (self.side.handle, 0)):
            middle.addWidget(widget, stretch)
        rows.addWidget(self.top)
        for strip in self.strips:
            rows.addWidget(strip)
            strip.left.connect(self._to_page)
        rows.addLayout(middle, 1)
        rows.addWidget(self.foot)
        self.setCentralWidget(whole)
        self.top.command.connect(self.do)
        self.top.status_found.connect(self.rail.show_status)
        self.top.status_found.connect(self._status_found)
        self.top.show_status()
        self.rail.wanted.connect(self.go_to_step)
        self.rail.all_wanted.connect(self.toggle_short_path)
        self.foot.led.connect(self.side.guide.show_finding)
        self.foot.parked_wanted.connect(self._show_parked)
        self.foot.decisions_wanted.connect(self._show_decisions)

    def _commands(self) -> None:
        theme = self.desk.theme
        self.acts: dict[str, Callable[[], object]] = {
            "new": self.start_wanted.emit,
            "open": self._pick_file,
            "save": self.files.save,
            "save_copy": self.files.save_copy,
            "merge_copy": self.files.merge_copy,
            "compare": self.files.compare,
            "backups": self.files.backups,
            "erase": self.files.erase,
            "close": self.close,
            "quit": QApplication.closeAllWindows,
            "undo": self.undo,
            "redo": self.redo,
            "find": self.find_or_do,
            "go_to_finding": self.foot.go_to_finding,
            "go_to_finding_before": self.foot.go_to_finding_before,
            "message": self._to_message,
            "next_step": self._next_step,
            "previous_step": self._previous_step,
            "vote": self._run_vote,
            "drill": self._show_drill,
            **{tab: _showing(self, tab) for tab in ("due", "next_stage", "crosswalk")},
            "parked": self._show_parked,
            "decisions": self._show_decisions,
            "audience": self.toggle_audience,
            "guide": self.side.toggle_guide,
            "short_path": self.toggle_short_path,
            "clock": self.top.clock.toggle,
            "zoom_in": self._zoom_in,
            "zoom_out": self._zoom_out,
            "zoom_reset": self._zoom_reset,
            "theme": self._other_theme,
            **{f"theme_{name}": _using(self, name) for name in ("light", "dark", "contrast")},
            **{name: _opening(self, name) for name in DIALOGS},
        }
        self.actions_by_id = build_menus(self, self.acts, self.files.recent)
        self.files.file_wanted.connect(self.file_wanted)
        self._nothing = {name: self._keys_of(name) for name in ("undo", "redo")}
        for number in range(1, 10):
            keys = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            keys.setObjectName(str(number))
            keys.activated.connect(self._step_keys)
        QShortcut(QKeySequence("F10"), self).activated.connect(self._open_menu_bar)
        theme.changed.connect(self._look_changed)

    def _keys_of(self, name: str) -> list[QShortcut]:
        """The keys of a command while its entry in the menu cannot be chosen: they say why."""
        made = [QShortcut(keys, self) for keys in self.actions_by_id[name].shortcuts()]
        for shortcut in made:
            shortcut.activated.connect(self.acts[name])
        return made

    # --- steps ---

    def _first_step(self) -> str:
        """The step on which somebody was when the program ended before its time, else the one on which the file was
        left last time, else the first."""
        wanted = [draft.step for draft in self.unfinished.line.waiting[-1:]]
        last = self.desk.workspace.workspace.log.last
        if self.opened is not None and self.opened.recovered and last is not None:
            wanted += [place_of(change)[0] for change in last.changes[:1]]
        if self.opened is not None:
            wanted.append(self.settings.step_of(self.opened.path))
        shown = self.rail.shown()
        return next((step for step in wanted if step in shown), shown[0])

    def show_step(self, step: str) -> None:
        """Show the page of a step; it is built the first time."""
        if step == self.step:
            return
        self.desk.commit_focused()
        self.bar.pass_by()
        if self.step:
            self.leaving.page(self.pages[self.step])
        self.step = step
        is_new = step not in self.pages
        page = self.page(step)
        self.stack.setCurrentWidget(page)
        if is_new:
            # Qt moves the focus to the control that was made first, which need not be the first one to be read.
            page.focus_first()
        self.rail.show_current(step)
        self.side.show_page(page)
        self.foot.show_step(step)
        self.top.clock.show_step(step)
        if self.audience is not None:
            self.audience.show_step(step)
        if self.opened is not None and self.isVisible():
            self.opened.publish_soon()

    def go_to_step(self, step: str) -> None:
        """Show the page of a step and go on where somebody was on it last."""
        self.show_step(step)
        self.page(step).take_focus()

    def page(self, step: str) -> Page:
        """The page of a step."""
        if step not in self.pages:
            page = make_page(self.desk, step)
            if page.step.short_path:
                six = SixQuestions(self.desk, page.step)
                page.body.insertWidget(0, six)
                page.add_part(six)
            self.pages[step] = page
            self.stack.addWidget(page)
        return self.pages[step]

    def show_place(self, step: str, row_id: str, field: str) -> None:
        """Show a step and put the focus on the place where a row's field is edited."""
        self.show_step(step)
        page = self.page(step)
        if not page.reveal(row_id, field):
            page.focus_first()
        self.activateWindow()

    def _step_keys(self) -> None:
        """Go to the step with this number, as the rail counts them."""
        number = int(self.sender().objectName())
        for step, item in self.rail.items.items():
            if item.number == number:
                self.go_to_step(step)

    def _next_step(self) -> None:
        self._step_by(1)

    def _previous_step(self) -> None:
        self._step_by(-1)

    def _step_by(self, by: int) -> None:
        shown = self.rail.shown()
        place = shown.index(self.step) + by if self.step in shown else 0
        if 0 <= place < len(shown):
            self.go_to_step(shown[place])

    def _go_to_untaken(self, control: QWidget) -> None:
        for step, page in self.pages.items():
            if page.isAncestorOf(control):
                self.show_step(step)
        self.unfinished.go_to(control)

    # --- commands ---

    def do(self, command: str) -> None:
        """Do a command by its id (see ui.menus)."""
        act = self.acts.get(command)
        if act is not None:
            act()

    def undo(self) -> None:
        """Take back the last step; what is half typed counts as one."""
        self.desk.commit_focused()
        self.bar.forget_notice()
        self.undoing.undo(self.step)
        self._show_steps_back()

    def redo(self) -> None:
        self.desk.commit_focused()
        self.bar.forget_notice()
        self.undoing.redo(self.step)

    def find_or_do(self) -> None:
        """Open the palette."""
        self.desk.commit_focused()
        offered = [
            Entry(words(command.text), " ".join(command.keys.split()[:1]), self.acts[command.id])
            for command in COMMANDS
            if command.id in self.acts and command.id != "find"
        ]
        offered += [
            Entry(words(msg("Open recent: {name}", name=path.stem)), str(path.parent), _opening_file(self, path))
            for path in self.settings.recent_files()
            if self.opened is None or path != self.opened.path
        ]
        Palette(self.desk, offered, self).open()

    def toggle_audience(self) -> None:
        """Open the window for the projector, or close it."""
        if self.audience is None:
            self.audience = AudienceWindow(self.desk, self.top.clock, self)
        if self.audience.isVisible():
            self.audience.close()
            return
        self.audience.show_step(self.step)
        self.top.clock.show_time()
        self.audience.open()

    def toggle_short_path(self) -> None:
        """Make it a short workshop, of the six questions alone, or show all twelve steps again."""
        self.desk.commit_focused()
        workshop = self.desk.document.only(Workshop)
        short = not workshop.short_path
        label = msg("Short workshop") if short else msg("All twelve steps")
        self.desk.workspace.run(set_fields(workshop.id, label, short_path=short), self)
        if not short:
            self.desk.say(msg("All twelve steps are shown."))
            return
        path = on_the_path(self.desk.document)
        here = BY_ID[self.step]
        if here not in path:
            self.go_to_step(next(step.id for step in path if step.number > here.number))
        minutes = sum(step.short_minutes for step in path)
        self.desk.say(
            msg("Six questions, {minutes} minutes. What is left stays open. F7: all twelve.", minutes=minutes)
        )

    def _run_vote(self) -> None:
        self.show_place("owners", "", Vote.spec.kind)

    def _promise(self, finding: Finding) -> None:
        self.show_step("readiness")
        page = self.page("readiness")
        assert isinstance(page, ReadinessPage)
        page.promise(finding)

    def _show_drill(self) -> None:
        self.show_step("stop")
        self.page("stop").focus_first()

    def _to_message(self) -> None:
        """Go to what is said over the page; from there, to the next that is said, and in the end back to the page."""
        inside = next((place for place, strip in enumerate(self.strips) if strip.has_focus()), -1)
        if any(strip.take_focus() for strip in self.strips[inside + 1 :]):
            return
        if inside < 0:
            self.desk.say(msg("There is no message."))
        else:
            self._to_page()

    def _to_page(self) -> None:
        """Put the focus back where it was on the page."""
        self.page(self.step).take_focus(Qt.FocusReason.OtherFocusReason)

    def _open_menu_bar(self) -> None:
        self.menuBar().setActiveAction(self.menuBar().actions()[0])

    def _pick_file(self) -> None:
        self.file_wanted.emit(None)

    def _show_parked(self) -> None:
        RowsDialog(self.desk, ParkedItem, self).show()

    def _show_decisions(self) -> None:
        RowsDialog(self.desk, Decision, self).show()

    def _zoom_in(self) -> None:
        self._zoom_soon(1)

    def _zoom_out(self) -> None:
        self._zoom_soon(-1)

    def _zoom_soon(self, steps: int) -> None:
        # A key that is held down is faster than a large window is drawn anew: all its steps are taken together.
        self._zoom_steps += steps
        self._zooming.start()

    def _zoom_now(self) -> None:
        steps, self._zoom_steps = self._zoom_steps, 0
        self.desk.theme.zoom_by(steps)

    def _zoom_reset(self) -> None:
        self.desk.theme.set_zoom(1.0)

    def _other_theme(self) -> None:
        self.desk.theme.use("light" if self.desk.theme.tokens.dark else "dark")

    # --- following ---

    def _edited(self, made: ChangeSet, initiator: object) -> None:
        if not runs_by_itself(made):
            self.bar.pass_by()
        self._changed()

    def _changed(self) -> None:
        self._show_steps_back()
        self.actions_by_id["save"].setEnabled(self.desk.workspace.workspace.read_only is None)
        self.actions_by_id["short_path"].setChecked(self.desk.document.only(Workshop).short_path)
        self.rail.follow_path()
        self._title()

    def _show_steps_back(self) -> None:
        """Say in the menu and at the buttons what undo and redo would do."""
        for name, offer in self.undoing.offers().items():
            action = self.actions_by_id[name]
            say_in_menu(action, offer.words())
            action.setEnabled(offer.possible)
            for keys in self._nothing[name]:
                keys.setEnabled(not offer.possible)
            self.top.show_step_back(name, offer.words(), possible=offer.possible)

    def _status_found(self, now: SignoffState) -> None:
        """Say it when an edit has left what was signed, and no longer when that was taken back."""
        before, self._standing = self._standing, now
        if starts_a_draft(before, now):
            as_of = self.desk.workspace.workspace.mint.moment()
            self.bar.no_longer(NEW_DRAFT)
            self.bar.stay(NEW_DRAFT, new_draft(now, self.desk.document, as_of))
        elif before is not None and before.changed and not now.changed:
            self.bar.no_longer(NEW_DRAFT)

    def _merged(self, copy: Path) -> None:
        """What was said at the opening of the copy with somebody's own edits is done with when it was merged."""
        kept = self.opened.kept_copy if self.opened is not None else None
        if self.opened is not None and kept is not None and copy.resolve() == kept.resolve():
            for notice in self.opened.notices:
                self.bar.retract(notice)

    def _title(self, *saving: object) -> None:
        name = self.desk.document.only(Agent).name or words("An agent without a name")
        if state := STATES.get(self.desk.workspace.saving.state):
            name = f"{name} ({words(state)})"
        # Qt keeps “[*]” in a title for a mark of its own; twice, it is shown as it is.
        self.setWindowTitle(f"{name} – Ownermap".replace("[*]", "[*][*]"))

    def _look_changed(self) -> None:
        self.settings.theme = self.desk.theme.tokens.name
        self.settings.zoom = self.desk.theme.zoom
        self._fit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return focus_next(self, forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self.desk.theme.px(ROOM)
        for panel in (self.rail, self.top, self.foot):
            panel.make_narrow(narrow)
        self.top.make_tight(self.width() < self.desk.theme.px(TIGHT))
        self.side.fit()

    def close_for(self, ending: Ending) -> bool:
        """Close the window, which is opened anew at once; False where somebody must see something first."""
        self._ending = ending
        closed = self.close()
        self._ending = Ending.CLOSED
        return closed

    def closeEvent(self, event: QCloseEvent) -> None:
        self.desk.commit_focused()
        if not self.leaving.window(self, self._go_to_untaken, self._ending):
            self.files.close_anyway(False)
            event.ignore()
            return
        self.top.clock.pause()
        if self._ending is Ending.WAITING:
            self.unfinished.keep_now()
        else:
            self.unfinished.left_out()
        if not self.files.may_close():
            self.unfinished.keep_now()
            event.ignore()
            return
        if self.opened is not None:
            self.settings.left(self.opened.path, self.step)
        self.settings.geometry = self.saveGeometry().toBase64().toStdString()
        if self.audience is not None:
            self.audience.close()
            self.audience.deleteLater()
        self.desk.workspace.close()
        event.accept()
        self.closed.emit(self)


def _using(window: Window, name: str) -> Callable[[], object]:
    def act() -> None:
        window.desk.theme.use(name)

    return act


def _showing(window: Window, tab: str) -> Callable[[], object]:
    def act() -> None:
        window.show_place("readiness", "", tab)

    return act


def _opening_file(window: Window, path: Path) -> Callable[[], object]:
    def act() -> None:
        window.file_wanted.emit(path)

    return act


def _opening(window: Window, name: str) -> Callable[[], object]:
    def act() -> None:
        window.desk.commit_focused()
        DIALOGS[name](window.desk, window, window.opened)

    return act
