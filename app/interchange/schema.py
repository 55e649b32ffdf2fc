"""The published JSON Schema (2020-12) of the interchange document, derived from the declared fields."""

from __future__ import annotations

from app.interchange.rows import Plain
from app.model.fields import Field, Kind, Scope, fields_of
from app.model.kinds import ALL
from app.model.row import Row


def schema(name: str, version: int) -> Plain:
    """The JSON Schema of the format `name` at a version."""
    tables = {
        row_class.spec.kind: {
            "title": row_class.spec.many,
            "type": "array",
            **({"minItems": 1, "maxItems": 1} if row_class.spec.singleton else {}),
            "items": {"$ref": f"#/$defs/{row_class.spec.kind}"},
        }
        for row_class in ALL
    }
    required = [row_class.spec.kind for row_class in ALL if row_class.spec.scope is not Scope.PRIVATE]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ownermap project",
        "type": "object",
        "properties": {
            "format": {"const": name},
            "version": {"const": version},
            "project": {"$ref": "#/$defs/id"},
            "without_names": {"title": "Everybody has a pseudonym", "const": True},
            "record": {
                "title": "Operating record",
                "type": "object",
                "properties": {
                    "entries": {"type": "integer", "minimum": 0},
                    "head": {"type": "string", "pattern": "^([0-9a-f]{64})?$"},
                },
                "required": ["entries", "head"],
                "additionalProperties": False,
            },
            "rows": {
                "type": "object",
                "properties": tables,
                "required": required,
                "additionalProperties": False,
            },
            "log": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["format", "version", "project", "rows"],
        "additionalProperties": False,
        "$defs": {
            "id": {
                "type": "string",
                "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            },
            **{row_class.spec.kind: _row_schema(row_class) for row_class in ALL},
        },
    }


def _row_schema(row_class: type[Row]) -> Plain:
    declared = fields_of(row_class)
    return {
        "title": row_class.spec.one,
        "type": "object",
        "properties": {
            "id": {"$ref": "#/$defs/id"},
            "rank": {"type": "string", "maxLength": 1000},
            **{name: _field_schema(field) for name, field in declared.items()},
        },
        "required": ["id", *(name for name, field in declared.items() if field.scope is not Scope.PRIVATE)],
        "additionalProperties": False,
    }


def _field_schema(field: Field) -> Plain:
    found: Plain = {"title": field.label, "description": field.hint} if field.hint else {"title": field.label}
    values = [entry.value for entry in field.choices]
    match field.kind:
        case Kind.TEXT | Kind.PROSE:
            return {**found, "type": "string", "maxLength": field.limit}
        case Kind.TEXTS:
            return {
                **found,
                "type": "array",
                "maxItems": field.limit,
                "items": {"type": "string", "maxLength": 500},
            }
        case Kind.CHOICE:
            return {**found, "enum": ["", *values]}
        case Kind.CHOICES:
            return {**found, "type": "array", "uniqueItems": True, "items": {"enum": values}}
        case Kind.FLAG:
            return {**found, "type": "boolean"}
        case Kind.NUMBER | Kind.MONEY:
            low, high = (values[0], values[-1]) if values else (field.minimum, field.maximum)
            return {**found, "type": ["integer", "null"], "minimum": low, "maximum": high}
        case Kind.DAY:
            return {**found, "type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}
        case Kind.DAYS:
            return {**found, "type": "array", "items": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}}
        case Kind.TIME:
            return {**found, "type": "string", "pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)?$"}
        case Kind.MOMENT:
            return {**found, "type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$"}
        case Kind.ZONE:
            return {**found, "type": "string"}
        case Kind.REFERENCE:
            return {**found, "anyOf": [{"$ref": "#/$defs/id"}, {"type": "null"}]}
        case Kind.REFERENCES:
            return {**found, "type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/id"}}
