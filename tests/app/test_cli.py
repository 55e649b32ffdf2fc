"""The command line's contract (product.md): what it prints, what it writes, how it ends."""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import _parser, main, opens_window
from app.model.commit import Signature
from app.model.document import Document
from app.restoring import backups_of
from app.rules.finding import Context
from app.rules.questions import questions
from app.rules.rule import Rule
from app.store import files
from app.store.backups import Reason
from app.template_list import SAMPLE

SEATS = ("workflow", "system", "exception", "outcome", "value", "safety")
READING = (
    ["show"],
    ["check"],
    ["drill"],
    ["export", "--json"],
    ["verify"],
    ["sign", "--level", "design", "--seat", "workflow", "--name", "Dana Abelard"],
)


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.ownermap"
    assert main(["new", str(path), "--template", "billing-triage-sample"]) == 0
    return path


def command(*words: str, file: Path) -> list[str]:
    return [words[0], str(file), *words[1:]]


def sign_all(path: Path, level: str = "design") -> None:
    seats = {seat: found["name"] for seat, found in shown(path)["seats"].items()}
    for seat in SEATS:
        assert main(["sign", str(path), "--level", level, "--seat", seat, "--name", seats[seat]]) == 0


def the_cell(sheet, value: str, *, bold: bool = False):
    """The first cell that says this; with `bold` the one that names a row."""
    found = (cell for line in sheet.iter_rows() for cell in line if cell.value == value)
    return next(cell for cell in found if cell.font.bold or not bold)


def shown(path: Path) -> dict:
    code = "import sys; from app.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "show", str(path), "--json"], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_templates_are_listed_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [id for id, _ in lines] == [
        "empty",
        "billing-triage",
        "invoice-handling",
        "it-access",
        "lead-routing",
        "renewal-preparation",
    ]


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["x.ownermap"], True),
        (["folder/x"], True),
        (["check", "x.ownermap"], False),
        (["--help"], False),
        (["show"], False),
    ],
)
def test_what_opens_the_window(arguments: list[str], window: bool) -> None:
    assert opens_window(arguments) is window


def arguments_of(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str | None]]:
    """Every argument of every command, by the command and how it is called, with its help."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inside in action.choices.values():
                yield from arguments_of(inside)
        else:
            yield f"{parser.prog} {action.option_strings or action.metavar}", action.help


def test_the_help_says_what_every_argument_is() -> None:
    found = dict(arguments_of(_parser()))
    assert len(found) > 100
    assert [name for name, said in found.items() if not said] == []


def test_the_help_names_the_sample(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["new", "--help"])
    assert SAMPLE in capsys.readouterr().out


def without_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_display_a_damaged_file_says_that_backups_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "map.ownermap"
    assert main(["new", str(path), "--template", "empty"]) == 0
    backups_of(path).keep(path.read_bytes(), Reason.MERGE)
    path.write_bytes(path.read_bytes()[:6000])
    capsys.readouterr()
    without_display(monkeypatch)
    assert main([str(path)]) == 3
    said = capsys.readouterr().err
    assert "is cut off" in said
    assert "1 backup of it is kept here, the last good one of " in said
    assert said.endswith(f"see ownermap backups {path}\n")


def test_without_a_display_nothing_opens_and_the_commands_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "map.ownermap"
    assert main(["new", str(path), "--template", "empty"]) == 0
    capsys.readouterr()
    without_display(monkeypatch)
    for given in ([], [str(path)]):
        assert main(given) == 3
        assert capsys.readouterr().err.startswith("ownermap: There is no display to open a window on.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["show"],
        ["new"],
        ["check", "x", "--level", "lunch"],
        ["drill", "x", "--scenario", "flood"],
        ["sign", "x"],
        ["export", "x", "--paper", "a3", "--pdf"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_an_export_without_a_format_and_an_unknown_template_are_wrong_usage(sample: Path, tmp_path: Path) -> None:
    assert main(["export", str(sample)]) == 2
    assert main(["new", str(tmp_path / "y.ownermap"), "--template", "none"]) == 2
    assert not (tmp_path / "y.ownermap").exists()


def test_a_target_that_is_there_is_not_replaced_without_force(sample: Path) -> None:
    before = sample.read_bytes()
    assert main(["new", str(sample)]) == 3
    assert sample.read_bytes() == before
    assert main(["export", str(sample), "--json"]) == 0
    assert main(["export", str(sample), "--json"]) == 3
    assert main(["export", str(sample), "--json", "--force"]) == 0


def bad_files(tmp_path: Path, good: Path) -> dict[str, Path]:
    found = {name: tmp_path / f"{name}.ownermap" for name in ("noise", "empty", "cut", "other", "newer", "missing")}
    found["noise"].write_bytes(bytes(range(256)) * 64)
    found["empty"].write_bytes(b"")
    found["cut"].write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    with sqlite3.connect(found["other"]) as other:
        other.execute("CREATE TABLE photo (id)")
    other.close()
    found["newer"].write_bytes(good.read_bytes())
    with sqlite3.connect(found["newer"]) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    found["folder"] = tmp_path / "folder.ownermap"
    found["folder"].mkdir()
    return found


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_file_that_cannot_be_read_is_one_sentence_and_exit_3(
    words: list[str], sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for name, path in bad_files(tmp_path, sample).items():
        before = path.read_bytes() if path.is_file() else b""
        assert main(command(*words, file=path)) == 3, name
        said = capsys.readouterr()
        assert said.out == "", name
        assert len(said.err.splitlines()) == 1, (name, said.err)
        assert path.name in said.err, (name, said.err)
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_newer_file_is_refused_with_its_number(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", str(bad_files(tmp_path, sample)["newer"])]) == 3
    assert "99" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".json", ".xlsx", ".pdf"])
def test_bad_copies_and_sources_are_exit_3_too(
    suffix: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, path in bad_files(tmp_path, sample).items():
        copy = tmp_path / f"copy-{name}{suffix}"
        if path.is_file():
            copy.write_bytes(path.read_bytes())
        elif path.is_dir():
            copy.mkdir()
        capsys.readouterr()
        assert main(["verify", str(sample), str(copy)]) == 3, name
        assert len(capsys.readouterr().err.splitlines()) == 1, name
        assert main(["diff", str(sample), str(copy)]) == 3, name
        if suffix != ".pdf":
            assert main(["import", str(copy), str(tmp_path / f"new-{name}.ownermap")]) == 3, name


def test_the_sample_passes_design_and_fails_the_weekend_drill(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(sample), "--as-of", "2026-11-21T12:00"]) == 0
    assert main(["drill", str(sample), "--at", "2026-11-21T03:00"]) == 1
    capsys.readouterr()
    assert main(["check", str(sample), "--json", "--as-of", "2026-11-21T12:00"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert {"warning", "advice"} >= {f["severity"] for f in findings}
    assert any(f["step"] in ("exceptions", "stop") for f in findings)


def test_an_empty_project_is_blocked_and_cannot_be_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "e.ownermap"
    assert main(["new", str(path)]) == 0
    assert main(["check", str(path)]) == 1
    capsys.readouterr()
    assert main(["sign", str(path), "--level", "design", "--seat", "workflow", "--name", "Nobody"]) == 1
    assert "block the design sign-off" in capsys.readouterr().err


def test_export_and_import_keep_the_content_digest(sample: Path, tmp_path: Path) -> None:
    from app.revisions.digest import content_digest
    from app.store import files

    assert main(["export", str(sample), "--json", str(tmp_path / "a.json")]) == 0
    assert main(["import", str(tmp_path / "a.json"), str(tmp_path / "b.ownermap")]) == 0
    first, second = files.read(sample), files.read(tmp_path / "b.ownermap")
    assert content_digest(first.document) == content_digest(second.document)
    assert main(["diff", str(sample), str(tmp_path / "b.ownermap")]) == 0
    assert main(["diff", str(sample), str(tmp_path / "a.json")]) == 0


def test_the_same_project_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    made = []
    for n in (1, 2):
        targets = [tmp_path / f"{n}.{suffix}" for suffix in ("xlsx", "pdf", "json")]
        options = [part for path in targets for part in (f"--{path.suffix[1:]}", str(path))]
        assert main(["export", str(sample), *options]) == 0
        made.append([path.read_bytes() for path in targets])
    assert made[0] == made[1]


def test_signed_copies_verify_and_changed_ones_do_not(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.json"
    assert main(["verify", str(sample)]) == 1
    assert main(["export", str(sample), "--json", str(draft)]) == 0
    sign_all(sample)
    copies = [sample.with_suffix(f".{suffix}") for suffix in ("xlsx", "pdf", "json")]
    assert main(["export", str(sample), "--xlsx", "--pdf", "--json"]) == 0
    capsys.readouterr()
    assert main(["verify", str(sample), *map(str, copies)]) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert len(said) == 4
    assert all(": Unchanged, with an unknown key or none: " in line for line in said)
    assert main(["verify", str(sample), str(draft)]) == 1
    assert main(["verify", str(sample), str(draft), str(tmp_path / "none.pdf")]) == 3

    changed = json.loads(copies[2].read_text())
    changed["rows"]["agent"][0]["name"] = "Another agent"
    copies[2].write_text(json.dumps(changed))
    assert main(["verify", str(sample), str(copies[2])]) == 1


def test_a_visible_cell_that_was_changed_is_noticed_and_can_be_read_back(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import openpyxl

    sign_all(sample)
    copy = tmp_path / "copy.xlsx"
    assert main(["export", str(sample), "--xlsx", str(copy)]) == 0
    book = openpyxl.load_workbook(copy)
    place = the_cell(book["Owners & roles"], "Head of Support Operations")
    place.value = "Director of Support Operations"
    book.save(copy)
    capsys.readouterr()
    assert main(["verify", str(sample), str(copy)]) == 1
    assert place.coordinate in capsys.readouterr().out
    assert main(["import", str(copy), str(sample), "--dry-run"]) == 0
    assert main(["diff", str(sample), str(copy)]) == 0
    assert main(["import", str(copy), str(sample)]) == 0
    assert "1 cell changed" in capsys.readouterr().out
    assert main(["diff", str(sample), str(copy)]) == 1
    assert "“Head of Support Operations”" in capsys.readouterr().out


def test_a_letter_changed_in_the_workbook_becomes_an_override(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import openpyxl

    copy = tmp_path / "copy.xlsx"
    assert main(["export", str(sample), "--xlsx", str(copy)]) == 0
    book = openpyxl.load_workbook(copy)
    sheet = book["RACI by role"]
    heading = the_cell(sheet, "Security")
    row = the_cell(sheet, "Update the knowledge base").row
    sheet.cell(row, heading.column).value = "C"
    book.save(copy)
    capsys.readouterr()
    assert main(["import", str(copy), str(sample)]) == 0
    assert "1 cell changed" in capsys.readouterr().out


def test_rows_that_were_sorted_are_not_taken_for_edits(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import openpyxl

    copy = tmp_path / "copy.xlsx"
    assert main(["export", str(sample), "--xlsx", str(copy)]) == 0
    book = openpyxl.load_workbook(copy)
    sheet = book["Owners & roles"]
    first, second = the_cell(sheet, "Lea Wirth", bold=True).row, the_cell(sheet, "Tom Brandt", bold=True).row
    for column in range(1, sheet.max_column + 1):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value
    book.save(copy)
    capsys.readouterr()
    assert main(["import", str(copy), str(sample)]) == 0
    said = capsys.readouterr().out
    assert "rows were sorted or swapped" in said
    assert "0 cells changed" in said


def test_whoever_signs_is_called_as_the_project_writes_it(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from app.store import files

    sign = ["sign", str(sample), "--level", "design", "--seat", "workflow", "--name"]
    capsys.readouterr()
    assert main([*sign, " dana   abelard"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Dana Abelard signed revision 1. ")
    assert "Signed revision" not in said
    assert [entry.author for entry in files.read(sample).log][-1] == "Dana Abelard"


def test_signatures_given_on_another_copy_are_united_and_named(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seats = {seat: found["name"] for seat, found in shown(sample)["seats"].items()}
    base = ["--level", "design", "--seat"]
    assert main(["sign", str(sample), *base, "workflow", "--name", seats["workflow"]]) == 0
    away = tmp_path / "away.ownermap"
    away.write_bytes(sample.read_bytes())
    assert main(["sign", str(away), *base, "outcome", "--name", seats["outcome"]]) == 0
    assert main(["export", str(away), "--json", str(tmp_path / "away.json")]) == 0
    joined = f"Outcome owner: {seats['outcome']}, "
    capsys.readouterr()
    assert main(["merge", str(sample), str(away), "--dry-run"]) == 0
    assert joined in capsys.readouterr().out
    assert main(["import", str(tmp_path / "away.json"), str(sample)]) == 0
    assert joined in capsys.readouterr().out
    assert shown(sample)["status"] == "Signed by 2 of 6"


@pytest.mark.parametrize(
    "words",
    [["show", "{}"], ["check", "{}"], ["drill", "{}"], ["export", "{}", "--xlsx", "--pdf", "--json", "--force"]],
    ids=lambda words: words[0],
)
def test_no_command_loads_qt_or_opens_a_connection(words: list[str], sample: Path) -> None:
    code = (
        "import sys\n"
        "seen = []\n"
        "sys.addaudithook(lambda event, _: seen.append(event) if event.startswith('socket.') else None)\n"
        "from app.cli import main\n"
        "main(sys.argv[1:])\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6')]\n"
        "print(loaded, seen, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *(word.format(sample) for word in words)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "[] []"


@pytest.mark.parametrize("odd", ["a b.ownermap", "50%.ownermap", "hash#.ownermap", "Ünïcode “x”.ownermap"])
def test_odd_file_names(odd: str, tmp_path: Path) -> None:
    path = tmp_path / odd
    assert main(["new", str(path)]) == 0
    assert main(["check", str(path)]) == 1
    assert main(["export", str(path), "--json"]) == 0


def test_a_copy_with_another_operating_record_is_not_the_signed_one(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_all(sample)
    assert main(["export", str(sample), "--json"]) == 0
    forged = json.loads(sample.with_suffix(".json").read_text())
    forged["rows"]["evidence"][0]["harmful"] = 5
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    assert main(["import", str(tmp_path / "forged.json"), str(tmp_path / "forged.ownermap")]) == 0
    copies = [tmp_path / f"forged2.{suffix}" for suffix in ("xlsx", "pdf", "json")]
    options = [part for path in copies for part in (f"--{path.suffix[1:]}", str(path))]
    assert main(["export", str(tmp_path / "forged.ownermap"), *options]) == 0
    for copy in copies:
        capsys.readouterr()
        assert main(["verify", str(sample), str(copy)]) == 1
        assert "operating record" in capsys.readouterr().out


def test_an_older_copy_stays_the_signed_one_while_the_record_goes_on(sample: Path) -> None:
    from app.edits.generic import add
    from app.model.scorecard import Metric, Reading
    from app.store import files
    from app.workspace import Workspace

    sign_all(sample)
    copies = [str(sample.with_suffix(f".{suffix}")) for suffix in ("xlsx", "json")]
    assert main(["export", str(sample), "--xlsx", "--json"]) == 0
    with files.open_for_editing(sample) as opened:
        workspace = Workspace(opened.project, opened)
        metric = workspace.document.rows(Metric)[0]
        workspace.run(add(Reading, {"metric": metric.id, "on": "2026-12-01", "value_read": "7 %"}))
    assert main(["verify", str(sample), *copies]) == 0


def test_no_export_replaces_the_project_or_another_export(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    assert main(["export", str(sample), "--pdf", str(sample), "--force"]) == 3
    assert main(["export", str(sample), "--pdf", str(tmp_path / "a.x"), "--xlsx", str(tmp_path / "a.x")]) == 3
    assert main(["export", str(sample), "--json", str(tmp_path / "a.json")]) == 0
    source = (tmp_path / "a.json").read_bytes()
    assert main(["import", str(tmp_path / "a.json"), str(tmp_path / "a.json"), "--force"]) == 3
    assert (sample.read_bytes(), (tmp_path / "a.json").read_bytes()) == (before, source)


def test_a_moment_before_the_signatures_is_refused(sample: Path, tmp_path: Path) -> None:
    sign_all(sample)
    assert main(["export", str(sample), "--json", "--pdf", str(tmp_path / "z.pdf"), "--as-of", "2020-01-01"]) == 2
    assert not (tmp_path / "z.pdf").exists()


def test_a_project_file_ends_in_ownermap(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "noext")]) == 2
    assert not (tmp_path / "noext").exists()


@pytest.fixture
def failing_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Rule.hits_by_row

    def fails(rule: Rule, *given: object) -> object:
        if rule.code == "OWN-01":
            raise ValueError("secret Dana")
        return found(rule, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Rule, "hits_by_row", fails)


@pytest.mark.usefixtures("failing_rule")
def test_nobody_signs_while_a_rule_cannot_be_checked(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    signing = ["sign", str(sample), "--level", "design", "--seat", "workflow", "--name", "Dana Abelard"]
    assert main(signing) == 1
    assert "rules could not be checked, so nobody knows whether they block: OWN-01, " in capsys.readouterr().err
    assert not files.read(sample).document.rows(Signature)


@pytest.mark.usefixtures("failing_rule")
def test_an_export_says_which_question_no_rule_could_answer(sample: Path, tmp_path: Path) -> None:
    assert main(["export", str(sample), "--json", str(tmp_path / "a.json")]) == 0
    asked = questions(files.read(sample).document, Context("2026-11-21T03:00:00.000Z"))
    assert [question.answer for question in asked] == [False] + [True] * 7
    assert str(asked[0].detail) == "A rule behind it failed: it could not be checked."


def test_what_an_unexpected_error_says_is_never_printed(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(document: Document) -> str:
        raise ValueError("secret Dana")

    monkeypatch.setattr("app.showing.screenful", fails)
    assert main(["show", str(sample)]) == 3
    said = capsys.readouterr().err
    assert "Something unexpected happened (ValueError)." in said
    assert "secret" not in said
