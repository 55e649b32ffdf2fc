"""The report of a project, built once for both exports (architecture.md, "Exporting")."""

from __future__ import annotations

from collections.abc import Iterable

from app import __version__
from app.errors import USAGE, AppError
from app.interchange import Project
from app.messages import msg, words
from app.model.commit import Signature
from app.report import LAYOUT
from app.report.attachment import Options, exported, write
from app.report.display import day_words
from app.report.material import Material
from app.report.model import Report
from app.report.sections import NAMES, ORDER
from app.revisions.digest import content_digest
from app.revisions.signoff import SignoffState, state
from app.rules.finding import Finding


def build(
    project: Project,
    findings: Iterable[Finding],
    as_of: str,
    *,
    private: bool = False,
    paper: str = "a4",
    sections: Iterable[str] | None = None,
    program: str = __version__,
    short_path: bool = False,
    without_names: bool = False,
) -> Report:
    """The report of a project as of a moment (UTC, as `app.model.ids.moment` writes it).

    `findings` are those of `attachment.exported(project)`, so that they come out the same when a copy is verified;
    private rows leave the file only with `private`. `sections` are the ids to print, None for all; the sections
    stay in their order.
    `program` is the version that made the export, `short_path` says that the workshop was a short one, `without_names`
    that the project was given pseudonyms. Raises AppError for a section that there is not.
    """
    chosen = None if sections is None else tuple(dict.fromkeys(sections))
    for name in chosen or ():
        if name not in NAMES:
            raise AppError(
                msg("There is no section “{name}”.", name=name),
                msg("Choose from: {all}.", all=", ".join(NAMES)),
                exit_code=USAGE,
            )
    shown = exported(project, private=private)
    options = Options(as_of, paper, private, LAYOUT, program, chosen, short_path, without_names)
    digest = content_digest(shown.document)
    signoff = state(shown.document, digest)
    material = Material(
        shown.document, shown.log, tuple(findings), digest, signoff, as_of, program, private, short_path
    )
    agent = material.agent
    revision = signoff.revision
    return Report(
        title=agent.name or words("AI agent without a name"),
        subtitle=agent.client,
        status=_status(material, signoff, without_names=without_names),
        draft=not signoff.signed,
        fingerprint=revision.fingerprint if revision is not None and signoff.stands else "",
        created=as_of,
        language="en",
        sections=tuple(make(material) for name, make in ORDER if chosen is None or name in chosen),
        attachment=write(shown, options),
        layout=LAYOUT,
        review=_review(material),
        paper=paper,
    )


def _review(material: Material) -> str:
    """Until when the map is looked at again (domain.md 1.10, 143)."""
    day = day_words(material.agent.review_by)
    return words(msg("Review by {day}", day=day)) if day else words("No review date set")


def _status(material: Material, signoff: SignoffState, *, without_names: bool) -> str:
    """The sentence on every page: "Draft 3", "Signed by 2 of 5 · revision 1", "Signed revision 1 · 21 Nov 2026"."""
    standing = words(signoff.words())
    if without_names:
        return words(msg("{standing} · copy without names", standing=standing))
    revision = signoff.revision
    if revision is None or not signoff.stands:
        return standing
    if signoff.complete:
        signed = (row.signed_at for row in material.document.rows(Signature) if row.revision == revision.id)
        return f"{standing} · {material.day(max(signed))}"
    return words(msg("{standing} · revision {number}", standing=standing, number=revision.number or 0))
