"""A sign-off that does not hold is never shown, exported, signed on or taken in as if it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli import main
from app.errors import NO, USAGE
from app.revisions.audit import audit
from app.revisions.signoff import state
from app.store import files
from app.template_list import SAMPLE
from exporters.pdf.reader import page_texts

Out = pytest.CaptureFixture[str]
SEATS = {
    "workflow": "Dana Abelard",
    "system": "Jun Kowalczyk",
    "exception": "Marc Oyelaran",
    "outcome": "Rosa Steiner",
    "value": "Rosa Steiner",
    "safety": "Jun Kowalczyk",
}
WARNING = "The sign-off in this file does not hold: "


def another_name(signatures: list[dict[str, Any]]) -> None:
    signatures[0]["name"] = "Mallory"


def another_seat(signatures: list[dict[str, Any]]) -> None:
    next(row for row in signatures if row["seat"] == "safety")["seat"] = "workflow"
    del signatures[0]


def another_moment(signatures: list[dict[str, Any]]) -> None:
    signatures[2]["signed_at"] = "2026-01-01T00:00:00.000Z"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that every seat has signed, with its JSON beside it."""
    path = tmp_path_factory.mktemp("signed") / "signed.ownermap"
    assert main(["new", str(path), "--template", SAMPLE]) == 0
    for seat, name in SEATS.items():
        assert main(["sign", str(path), "--level", "design", "--seat", seat, "--name", name]) == 0
    assert main(["export", str(path), "--json"]) == 0
    return path


@pytest.fixture(params=[another_name, another_seat, another_moment])
def forged(request: pytest.FixtureRequest, signed: Path, tmp_path: Path) -> Path:
    """The JSON of that project, in which a hand has been."""
    forge: Callable[[list[dict[str, Any]]], None] = request.param
    plain = json.loads(signed.with_suffix(".json").read_text(encoding="utf-8"))
    forge(plain["rows"]["signature"])
    made = tmp_path / "forged.json"
    made.write_text(json.dumps(plain), encoding="utf-8")
    return made


@pytest.fixture
def taken_in(forged: Path, capsys: Out) -> Path:
    """The project that an import makes of it, which says so."""
    path = forged.with_suffix(".ownermap")
    assert main(["import", str(forged), str(path)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("Made ")
    assert said.err.startswith(WARNING)
    assert len(said.err.splitlines()) == 1
    return path


@pytest.mark.parametrize("forged", [another_name], indirect=True)
def test_whoever_reads_it_is_warned_once(taken_in: Path, forged: Path, signed: Path, capsys: Out) -> None:
    copy = taken_in.with_name("copy.json")
    for words in (
        ["show", taken_in],
        ["check", taken_in],
        ["revisions", taken_in],
        ["diff", taken_in, "1"],
        ["diff", signed, forged],
        ["due", taken_in],
        ["record", taken_in],
        ["drill", taken_in],
        ["crosswalk", taken_in],
        ["export", taken_in, "--json", copy],
        ["replace", taken_in, "--who", "Rosa Steiner", "--by", "Dana Abelard", "--dry-run"],
        ["replace", taken_in, "--who", "Rosa Steiner", "--by", "Dana Abelard"],
        ["import", forged, taken_in.with_name("other.ownermap"), "--dry-run"],
    ):
        assert main(list(map(str, words))) in (0, NO)
        assert capsys.readouterr().err.count(WARNING) == 1, words


def test_nothing_of_it_is_shown_as_signed(taken_in: Path, capsys: Out) -> None:
    assert main(["show", str(taken_in)]) == 0
    said = capsys.readouterr().out
    assert ": the sign-off does not hold" in said.splitlines()[1]
    for never in ("Signed", "signed 2", "Mallory", "Receipt", "Fingerprint"):
        assert never not in said
    assert main(["show", str(taken_in), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert (plain["signed"], plain["fingerprint"], plain["receipt"]) == (False, "", "")
    assert plain["does_not_hold"] == [str(fault) for fault in audit(files.read(taken_in).document)]
    assert not any(seat["signed_at"] for seat in plain["seats"].values())
    assert main(["revisions", str(taken_in), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert [each["state"] for each in plain["revisions"]] == ["in doubt"]
    assert plain["does_not_hold"]


def test_nobody_signs_on_top_of_it(taken_in: Path, capsys: Out) -> None:
    before = files.read(taken_in).document
    for seat, name in SEATS.items():
        assert main(["sign", str(taken_in), "--level", "design", "--seat", seat, "--name", name]) == NO
        said = capsys.readouterr()
        assert said.out == ""
        assert "does not hold: " in said.err
        assert "Go back to a version that “ownermap verify” finds unchanged" in said.err
    assert files.read(taken_in).document == before


@pytest.mark.parametrize("forged", [another_name], indirect=True)
def test_its_exports_are_drafts_that_say_what_was_changed(taken_in: Path, capsys: Out) -> None:
    assert main(["export", str(taken_in), "--pdf", "--xlsx"]) == 0
    faults = [str(fault) for fault in state(files.read(taken_in).document).faults]
    pdf, xlsx = taken_in.with_suffix(".pdf"), taken_in.with_suffix(".xlsx")
    pages = [" ".join(page.split()) for page in page_texts(pdf)]
    assert all("DRAFT" in page for page in pages)
    both = [page for page in pages if all(fault in page for fault in faults) and "does not hold: it was" in page]
    assert pages[0] == both[0]
    assert len(both) == 2
    told = " ".join(pages)
    workbook = openpyxl.load_workbook(xlsx)
    cells = {str(cell.value) for sheet in workbook for line in sheet.iter_rows() for cell in line if cell.value}
    assert set(faults) <= {str(cell.value) for line in workbook["Sign-off"].iter_rows() for cell in line}
    for never in ("Every required seat has signed", "Receipt code ", "Signed revision"):
        assert never not in told.replace("Receipt code somewhere", "")
        assert not any(cell.startswith(never) for cell in cells)
    assert "Receipt code" not in cells
    capsys.readouterr()
    assert main(["verify", str(taken_in), str(pdf), str(xlsx)]) == NO
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("forged", [another_name], indirect=True)
def test_a_copy_without_names_would_hide_it(taken_in: Path, capsys: Out) -> None:
    to = taken_in.with_name("nameless.pdf")
    assert main(["export", str(taken_in), "--pdf", str(to), "--without-names"]) == NO
    assert "A copy without names could not show that." in capsys.readouterr().err
    assert not to.exists()


def refused_to_sign(path: Path, capsys: Out) -> bool:
    capsys.readouterr()
    done = main(["sign", str(path), "--level", "design", "--seat", "exception", "--name", "Marc Oyelaran"])
    return done == NO and "Nothing more can be signed on top of it." in capsys.readouterr().err


@pytest.mark.parametrize("who", ["Dana Abelard", "Tom Brandt", "Rosa Steiner"])
def test_an_erasure_does_not_hide_it(taken_in: Path, who: str, capsys: Out) -> None:
    assert main(["erase", str(taken_in), "--person", who, "--yes"]) == 0
    assert WARNING in capsys.readouterr().err
    assert main(["show", str(taken_in)]) == 0
    assert WARNING in capsys.readouterr().err
    assert main(["verify", str(taken_in)]) == NO
    assert "Changed since sign-off" in capsys.readouterr().out
    assert refused_to_sign(taken_in, capsys)


def other_content(signed: Path, **values: object) -> dict[str, Any]:
    """The JSON of the project, in whose revision another content was kept."""
    return with_other_content(json.loads(signed.with_suffix(".json").read_text(encoding="utf-8")), **values)


def with_other_content(plain: dict[str, Any], **values: object) -> dict[str, Any]:
    (revision,) = plain["rows"]["revision"]
    kept = json.loads(revision["content"])
    kept["agent"][0]["client"] = "Somebody else"
    revision.update(content=json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True), **values)
    return plain


def test_an_erasure_does_not_hide_another_content(signed: Path, tmp_path: Path, capsys: Out) -> None:
    forged, path = tmp_path / "forged.json", tmp_path / "forged.ownermap"
    forged.write_text(json.dumps(other_content(signed)), encoding="utf-8")
    assert main(["import", str(forged), str(path)]) == 0
    assert "content kept with revision 1 was changed" in capsys.readouterr().err
    assert main(["erase", str(path), "--person", "Dana Abelard", "--yes"]) == 0
    assert main(["show", str(path)]) == 0
    assert "content kept with revision 1 was changed" in capsys.readouterr().err
    assert refused_to_sign(path, capsys)


def test_what_only_says_that_names_were_taken_out_is_not_believed(signed: Path, tmp_path: Path, capsys: Out) -> None:
    forged, path = tmp_path / "forged.json", tmp_path / "forged.ownermap"
    forged.write_text(json.dumps(other_content(signed, erased=1)), encoding="utf-8")
    assert main(["import", str(forged), str(path)]) == 0
    for words in (["show"], ["revisions"], ["check"], ["export", "--pdf"]):
        capsys.readouterr()
        main([words[0], str(path), *words[1:]])
        assert "Revision 1 can no longer be proved" in capsys.readouterr().err


def test_what_was_left_after_an_erasure_and_changed_is_not_signed_on(signed: Path, tmp_path: Path, capsys: Out) -> None:
    path, forged = tmp_path / "map.ownermap", tmp_path / "forged.json"
    path.write_bytes(signed.read_bytes())
    assert main(["erase", str(path), "--person", "Dana Abelard", "--yes"]) == 0
    assert main(["export", str(path), "--json", str(forged)]) == 0
    forged.write_text(json.dumps(with_other_content(json.loads(forged.read_text(encoding="utf-8")))), encoding="utf-8")
    again = tmp_path / "again.ownermap"
    capsys.readouterr()
    assert main(["import", str(forged), str(again)]) == 0
    assert "what was left of the sign-off" in capsys.readouterr().err
    assert refused_to_sign(again, capsys)
    assert not refused_to_sign(path, capsys)


def test_a_sign_off_that_holds_is_told_as_before(signed: Path, capsys: Out) -> None:
    assert main(["show", str(signed), "--json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    plain = json.loads(said.out)
    assert (plain["signed"], plain["does_not_hold"], plain["status"]) == (True, [], "Signed revision 1")


def test_verify_asks_for_the_file_alone(capsys: Out) -> None:
    assert main(["verify"]) == USAGE
    said = capsys.readouterr().err
    assert "FILE" in said
    assert "COPY" not in said
