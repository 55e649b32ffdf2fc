"""The letters and the modes in words, and what this file is."""

from __future__ import annotations

from app.messages import msg, words
from app.model import vocabulary as v
from app.report import LAYOUT
from app.report.details import table
from app.report.display import day_words, fingerprint_words
from app.report.material import Material
from app.report.model import Cell, Facts, Paragraph, Section, Tone

LETTERS = (
    ("A", "Accountable", "Answers for the outcome; exactly one name on every row.", Tone.ACCOUNTABLE),
    ("R", "Responsible", "Does the work. The agent itself can be R for what it does, never A.", Tone.RESPONSIBLE),
    ("C", "Consulted", "Is asked before, and is heard.", Tone.CONSULTED),
    ("I", "Informed", "Is told afterwards.", Tone.INFORMED),
)


def glossary(material: Material) -> Section:
    """What R, A, C, I and the modes mean."""
    letters = [(Cell(letter, tone), words(name), words(meaning)) for letter, name, meaning, tone in LETTERS]
    modes = [(Cell(words(mode.label), Tone.STRONG), words(mode.hint)) for mode in v.MODES]
    owners = [(Cell(words(owner.label), Tone.STRONG), words(owner.hint)) for owner in v.OWNER_TYPES]
    roles = [(Cell(words(role.label), Tone.STRONG), words(role.hint)) for role in v.ROLES]
    return Section(
        "glossary",
        words("What the words mean"),
        "",
        (
            table("letters", (("Letter", 1), ("Name", 2), ("Meaning", 6)), letters, caption="R, A, C and I"),
            table("modes", (("Mode", 2), ("Meaning", 6)), modes, caption="Human oversight, from strict to loose"),
            table("owner_types", (("Owner", 2), ("The question", 6)), owners, caption="Four kinds of owner"),
            table("role_types", (("Role", 2), ("What it does", 6)), roles, caption="Five roles"),
        ),
        sheet="About",
    )


def about(material: Material) -> Section:
    """Which program made this, as of when, and how to check that it is the signed copy."""
    revision = material.signoff.revision
    printed = revision.fingerprint if revision and material.signoff.stands else ""
    items = (
        (
            words("Made with"),
            Cell(words(msg("Ownermap {version}, layout {layout}", version=material.program, layout=LAYOUT))),
        ),
        (words("As of"), Cell(material.moment(material.as_of))),
        (words("Status"), Cell(words(material.signoff.words()))),
        (words("Fingerprint"), Cell(fingerprint_words(printed) or words("none: this is a draft"))),
        (words("Content digest"), Cell(fingerprint_words(material.digest))),
        (words("Project"), Cell(material.document.project_id)),
        (words("Review this map by"), Cell(_review_by(material))),
    )
    return Section(
        "about",
        words("About this file"),
        "",
        (
            Facts(items),
            Paragraph(
                words(
                    "To check this copy, run “ownermap verify PROJECT.ownermap COPY”. It computes the fingerprint "
                    "anew from the decisions that this file carries, rebuilds the file from them, and compares "
                    "everything that can be read."
                )
            ),
        ),
        sheet="About",
    )


def _review_by(material: Material) -> str:
    return day_words(material.agent.review_by) or words("not said")
