"""Strings that break things, through every field: by edit, by JSON, by the command line, through the exports and back.

A few projects in `make test`, five hundred of random strings in `make soak`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import cycle, islice, repeat
from pathlib import Path
from random import Random
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader

from app import inspecting
from app.cli import main
from app.edits.generic import set_fields
from app.errors import FieldFault, Unreadable
from app.exporting import export
from app.interchange import VERSION, Project, as_json, from_json, read, write
from app.interchange.faults import faults_of
from app.messages import words
from app.model.document import Document
from app.model.fields import Field, fields_of
from app.model.log import Log
from app.model.row import Row
from app.report.changes import in_full
from app.report.material import Material
from app.revisions.signoff import state
from app.store import files
from app.verifying import read_copy
from exporters.xlsx.text import cell_text
from tests.faults.soak import SOAK, in_parts, times
from tests.support.hostile_text import STRINGS, TEXTS, hostile_document, random_string
from tests.support.random_projects import random_document, steady_mint

LINKS = ("http://", "https://", "mailto:")
FORMULA = rb"<(?:\w+:)?f(?: [^>]*)?>(.*?)</|<(?:\w+:)?f(?: [^>]*)?/>"
COUNTED = r'\(COUNTIF\([A-Z0-9:]+,"[AR]"\)\+COUNTIF\([A-Z0-9:]+,"A/R"\)\)'
OURS = re.compile(
    rf'IF\({COUNTED}=0,"no A",IF\({COUNTED}(&gt;|>)1,"more than one A",IF\({COUNTED}=0,"no R","[^"]*"\)\)\)'.encode()
)
"""What the RACI says beside each row, the one formula that we write ourselves."""

ROWS = 2 if SOAK else 1
"""Of each kind, in a project that goes through the exports."""

SENTENCE = re.compile(r"[^\n\x00-\x1f]{1,400}\.")


def text_fields(document: Document) -> Iterator[tuple[Row, Field]]:
    """Every text that can be typed, of one row of each kind."""
    seen: set[str] = set()
    for row in document:
        if row.spec.kind not in seen:
            seen.add(row.spec.kind)
            for name, field in fields_of(type(row)).items():
                if field.kind in TEXTS and name != row.spec.fixed_by and not field.final:
                    yield row, field


def projects(seed: int) -> Iterator[Project]:
    """One project of the mixed set, then some of random strings, every text of every field in each."""
    pick = Random(seed)
    for number in range(times(4, 500)):
        mixed = islice(cycle(STRINGS.values()), pick.randrange(len(STRINGS)), None)
        strings = mixed if not number else (random_string(pick) for _ in repeat(0))
        yield Project(hostile_document(pick, steady_mint(), strings, ROWS), Log())


# --- by edit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STRINGS)
def test_every_field_takes_a_string_or_refuses_it_in_a_sentence(name: str) -> None:
    mint = steady_mint()
    document = random_document(Random(5), mint, 1)
    text = STRINGS[name]
    refused: list[str] = []
    count = 0
    for row, field in text_fields(document):
        count += 1
        given = [text] if isinstance(field.empty, tuple) else text
        try:
            made = set_fields(row.id, **{field.name: given})(document, mint)
        except FieldFault as fault:
            refused.append(str(fault))
            continue
        if made is None:
            continue
        assert words(made.label)
        after = document.apply(made)
        value = after.find(row.id).value(field.name)  # type: ignore[union-attr]
        for stored in value if isinstance(value, tuple) else [value]:
            assert isinstance(stored, str)
            assert not [c for c in stored if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
            assert stored == unicodedata.normalize("NFC", stored.strip())
        assert list(in_full(Material(after, Log(), (), "", state(after), made.at, private=True), made.changes))
    assert [sentence for sentence in refused if not SENTENCE.fullmatch(sentence)] == []
    assert count > 100


# --- by JSON -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STRINGS)
def test_every_string_in_a_document_from_outside_is_taken_letter_for_letter_or_named(name: str) -> None:
    document = random_document(Random(6), steady_mint(), 1)
    plain = as_json(Project(document, Log()), private=True)
    rows = {row["id"]: row for table in plain["rows"].values() for row in table}
    put: dict[str, tuple[str, str]] = {}
    for row, field in text_fields(document):
        given = STRINGS[name]
        rows[row.id][field.name] = [given] if isinstance(field.empty, tuple) else given
        place = [each["id"] for each in plain["rows"][row.spec.kind]].index(row.id)
        put[f"/rows/{row.spec.kind}/{place}/{field.name}"] = (row.id, field.name)
    text = json.dumps(plain)
    for path, what in faults_of(json.loads(text), VERSION):
        row_id, field_name = put.pop(path)
        assert words(what)
        rows[row_id][field_name] = [] if isinstance(rows[row_id][field_name], list) else ""
    taken = from_json(plain).document
    for row_id, field_name in put.values():
        stored = taken.find(row_id).value(field_name)  # type: ignore[union-attr]
        assert (list(stored) if isinstance(stored, tuple) else stored) == rows[row_id][field_name]
    if len(put) < 100:
        with pytest.raises(Unreadable) as refused:
            read(text)
        assert "\n" not in str(refused.value)


@in_parts
def test_json_gives_the_same_project_back(seed: int) -> None:
    for project in projects(seed):
        assert read(write(project, private=True)).document == project.document


# --- through the exports -----------------------------------------------------------------------------------


@in_parts
def test_the_exports_hold_no_formula_and_no_other_link_and_are_unchanged(seed: int, tmp_path: Path) -> None:
    for project in projects(seed):
        targets = {format: tmp_path / f"map.{format}" for format in ("xlsx", "pdf", "json")}
        said = export(project, targets, force=True)
        assert not [line for line in said if "\n" in line]
        check_workbook(targets["xlsx"])
        check_pdf(targets["pdf"])
        for format in ("xlsx", "pdf"):
            # In this process: what is asked here is not how much it takes.
            task = inspecting._xlsx if format == "xlsx" else inspecting._pdf
            assert task(str(targets[format]))["untouched"]


def check_workbook(path: Path) -> None:
    with ZipFile(path) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert all(OURS.fullmatch(found[1]) for found in re.finditer(FORMULA, content)), name
            if name.endswith(".rels"):
                outside = re.findall(rb'<Relationship [^>]*TargetMode="External"[^>]*>', content)
                assert all(re.search(rb'Target="(https?://|mailto:)', link) for link in outside), name
            assert not name.startswith(("xl/externalLinks", "xl/media", "xl/embeddings"))
    for sheet in openpyxl.load_workbook(path, data_only=False):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "inlineStr", "n", "f"), (sheet.title, cell.coordinate)
                assert cell.data_type != "f" or OURS.fullmatch(str(cell.value).removeprefix("=").encode()), cell.value
                assert cell.hyperlink is None or cell.hyperlink.location or str(cell.hyperlink.target).startswith(LINKS)


def check_pdf(path: Path) -> None:
    content = PdfReader(path)
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(content.root_object)
    assert set(content.attachments) == {"ownermap.json"}
    for page in content.pages:
        assert "/XObject" not in page.get("/Resources", {})
        for note in page.get("/Annots", ()):
            action = note.get_object().get("/A")
            if action is not None and action.get_object()["/S"] != "/GoTo":
                assert action.get_object()["/S"] == "/URI"
                assert str(action.get_object()["/URI"]).startswith(LINKS)


def test_the_checks_find_what_they_look_for(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"  # type: ignore[index]
    workbook.save(tmp_path / "formula.xlsx")
    with pytest.raises(AssertionError):
        check_workbook(tmp_path / "formula.xlsx")
    workbook = openpyxl.Workbook()
    workbook.active["A1"].hyperlink = "file:///etc/passwd"  # type: ignore[index]
    workbook.save(tmp_path / "link.xlsx")
    with pytest.raises(AssertionError):
        check_workbook(tmp_path / "link.xlsx")


def test_an_exported_copy_is_read_back_whole(tmp_path: Path) -> None:
    project = next(projects(1))
    targets = {format: tmp_path / f"map.{format}" for format in ("xlsx", "pdf", "json")}
    export(project, targets, private=True)
    for path in targets.values():
        assert read_copy(path).document == project.document


# --- by an edited workbook, and by the command line ------------------------------------------------------------


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """A project in a file whose texts are the mixed set."""
    path = tmp_path / "map.ownermap"
    files.create(path, Project(hostile_document(Random(3), steady_mint()), Log()))
    return path


def test_strings_in_every_cell_of_a_workbook_are_taken_or_left_out_with_a_reason(
    stored: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "map.xlsx"
    assert main(["export", str(stored), "--xlsx", str(copy)]) == 0
    workbook = openpyxl.load_workbook(copy)
    strings = cycle(map(cell_text, STRINGS.values()))
    for sheet in workbook:
        if sheet.sheet_state == "visible":
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and not isinstance(cell, openpyxl.cell.MergedCell):
                        cell.value = next(strings)
    workbook.save(copy)
    capsys.readouterr()
    assert main(["import", str(copy), str(stored)]) == 0
    told = capsys.readouterr()
    # Its signatures are strings like everything else in it.
    assert re.fullmatch(r"The sign-off in this file does not hold: .+\n", told.err)
    assert int(re.search(r"(\d+) cells changed", told.out)[1]) > 20  # type: ignore[index]
    assert " left out: " in told.out
    assert main(["check", str(stored)]) in (0, 1)


COMMANDS = (
    ["show"],
    ["show", "--json"],
    ["check"],
    ["check", "--json"],
    ["drill"],
    ["crosswalk"],
    ["evidence"],
    ["whatif"],
    ["due"],
    ["record"],
    ["revisions"],
    ["backups"],
    ["verify"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_says_it_in_clean_text(
    stored: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = command
    assert main([name, str(stored), *options]) in (0, 1)
    told = capsys.readouterr()
    assert "unexpected" not in told.err
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", (told.out + told.err).replace("\t", ""))
    if "--json" in options:
        json.loads(told.out)


@pytest.mark.parametrize("name", [name for name in STRINGS if "\0" not in STRINGS[name]])
def test_what_is_given_on_the_command_line_is_taken_or_refused(
    stored: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = STRINGS[name]
    for command in (
        ["whatif", str(stored), given],
        ["check", str(stored), "--as-of", given],
        ["check", str(stored), "--for", given],
        ["new", str(stored.with_name("new.ownermap")), "--template", given],
        ["replace", str(stored), given, given],
        ["verify", str(stored), "--receipt", given],
        [given],
    ):
        if command == [given] and (given.endswith(".ownermap") or "/" in given):
            continue  # That opens the window.
        capsys.readouterr()
        assert main(command) in (0, 1, 2, 3)
        told = capsys.readouterr().err
        assert "unexpected" not in told, command[0]
        assert told.count("\n") <= 2
