"""Make resources/templates/*.json from the readable sources in packaging/templates/*.toml.

A source is `kind.key.field = value`; a singleton kind has no key, and the key of a fixed kind is its entry (see
app.model.row.Spec). `based_on` names sources that come first and may be refined. A reference names the key of the
row that it refers to; in other text `@kind/key` stands for that row's id. `defaults.kind` holds for every row of a
kind that does not say otherwise, `defaults."action in the loop"` for actions that wait for an approval. An action's
`attributes` are its five in one word, in the order of domain.md 6.

Run it from the checkout: python packaging/make_templates.py
"""

from __future__ import annotations

import hashlib
import re
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.edits import Edit  # noqa: E402
from app.edits.generic import add, set_fields  # noqa: E402
from app.interchange import Project, write  # noqa: E402
from app.model.document import Document  # noqa: E402
from app.model.fields import Field, fields_of  # noqa: E402
from app.model.ids import Mint  # noqa: E402
from app.model.kinds import BY_KIND  # noqa: E402
from app.model.log import Log  # noqa: E402
from app.resources import resource  # noqa: E402
from app.template_list import IDS  # noqa: E402

SOURCES = ROOT / "packaging" / "templates"
MADE_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
APPROVED = ("in_loop", "in_loop_dual")
ATTRIBUTES = ("reversibility", "blast_radius", "external_visibility", "cost", "data_sensitivity")
ROW_IN_TEXT = re.compile(r"@([a-z_]+)/([\w-]*)")

Source = dict[str, Any]


def made(template_id: str) -> str:
    """The interchange document of one template, the same for the same source."""
    source = merged(template_id)
    defaults = source.pop("defaults", {})
    return write(Project(Filling(template_id, source, defaults).document, Log()), private=True)


def merged(name: str) -> Source:
    """A source with all that it is based on."""
    own = tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))
    found: Source = {}
    for base in own.pop("based_on", ()):
        refine(found, merged(base))
    refine(found, own)
    return found


def refine(found: Source, own: Source) -> None:
    """Put what a source says on top of what it is based on, table by table."""
    for key, value in own.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            refine(found[key], value)
        else:
            found[key] = value


class Filling:
    """A new document into which a source is filled by edits: first all rows, so that any may refer to any."""

    def __init__(self, template_id: str, source: Source, defaults: Source) -> None:
        self.mint = Mint(now=lambda: MADE_AT, random=counter(template_id))
        self.document = Document.empty(self.mint)
        self.ids: dict[tuple[str, str], str] = {}
        rows = [(kind, key, values) for kind in source for key, values in entries(kind, source[kind]).items()]
        for kind, key, _ in rows:
            self.ids[kind, key] = self.row_id(kind, key)
        for kind, key, values in rows:
            said = {**defaults.get(kind, {}), **values}
            if "attributes" in said:
                said |= dict(zip(ATTRIBUTES, map(int, said.pop("attributes")), strict=True))
            if values.get("current") in APPROVED:
                said = {**defaults["action in the loop"], **said}
            declared = fields_of(BY_KIND[kind])
            self.run(set_fields(self.ids[kind, key], **{n: self.value(declared[n], v) for n, v in said.items()}))

    def row_id(self, kind: str, key: str) -> str:
        """The row that a key stands for: the one that is there, or a new one."""
        row_class = BY_KIND[kind]
        if row_class.spec.singleton:
            return self.document.only(row_class).id
        if row_class.spec.fixed_by:
            return self.document.fixed(row_class, key).id
        self.run(add(row_class))
        return self.document.rows(row_class)[-1].id

    def value(self, field: Field, value: Any) -> Any:
        """The value with ids where the source has keys."""
        if field.is_reference:
            return [self.target(field, key) for key in value] if isinstance(value, list) else self.target(field, value)
        return ROW_IN_TEXT.sub(lambda m: self.ids[m[1], m[2]], value) if isinstance(value, str) else value

    def target(self, field: Field, key: str) -> str:
        found = [self.ids[kind, key] for kind in field.targets if (kind, key) in self.ids]
        if len(found) != 1:
            raise SystemExit(f"{field.name}: “{key}” names {len(found)} rows")
        return found[0]

    def run(self, edit: Edit) -> None:
        change_set = edit(self.document, self.mint)
        if change_set is not None:
            self.document = self.document.apply(change_set)


def entries(kind: str, table: Source) -> dict[str, Source]:
    """The rows of a kind by key; a singleton's key is empty."""
    return {"": table} if BY_KIND[kind].spec.singleton else table


def counter(seed: str) -> Any:
    """A source of bytes that is the same each time and different for each seed."""
    count = iter(range(1_000_000))
    return lambda size: hashlib.sha256(f"{seed}/{next(count)}".encode()).digest()[:size]


def main() -> None:
    for template_id in IDS:
        target = resource(f"templates/{template_id}.json")
        target.parent.mkdir(exist_ok=True)
        target.write_text(made(template_id), encoding="utf-8", newline="\n")
        print(f"Wrote {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
