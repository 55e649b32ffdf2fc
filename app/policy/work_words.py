"""Words of work, by which a group, a title or a mailbox is told from a person's name (app.policy.one_person).

Many of them are surnames too, so that no list says anything of a name until every word of it is accounted for.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SEVERAL = _set(
    "anybody anyone colleagues committee committees department departments dept everybody everyone folks guys jointly "
    "others people somebody someone whoever"
)
"""Words that no person is called by, for several people or for anybody."""

GROUPS = SEVERAL | _set(
    "agents analysts board boards clerks council councils desk developers engineers experts group groups leads "
    "managers office panel reviewers squad staff team teams unit"
)
"""Words for several people; some of them are surnames too."""

FIRST_OF_A_GROUP = _set("department dept squad team tribe")
"""Words that no person's name begins with: Team Blue."""

TITLES = _set(
    "accountant admin administrator analyst approver ceo cfo chair chief cio ciso clerk controller coo coordinator "
    "cto deputy developer director dpo engineer evp head lead maintainer manager officer operator owner president "
    "responder reviewer secretary specialist supervisor svp vp"
)
"""Words for what somebody is; some of them are surnames too."""

PLACES = _set("channel hotline inbox list mail mailbox pager queue roster rota")
"""Words for where a case waits; some of them are surnames too."""

OUTSIDE = _set(
    "agency consultancy consultant consultants contractor contractors integrator outsourcer partner partners provider "
    "providers supplier suppliers vendor vendors"
)
"""Words for companies that help from outside; some of them are surnames too."""

WORK = _set(
    "a access accounting accounts advisory agent ai all analytics and approval architecture at audit automation back "
    "billing bot business call care change claims client cloud collections communications compliance core customer "
    "customers cx data design devops digital dispatch duty engineering evaluation exception exceptions exec executive "
    "experience external field finance first for from front general global governance help helpdesk hr human in "
    "incident infrastructure internal invoice it joint lab leadership learning legal level line local logistics "
    "machine maintenance management marketing mobile network night of on operational operations ops our payable "
    "payroll planning platform privacy process procurement product programme project purchase purchasing quality "
    "receivable regional release reliability requests resources response review risk sales science second security "
    "self senior service servicedesk services shared shift steering stock success supply support systems talent "
    "technology the third ticket tickets tier training treasury warehouse web whole with workflow"
)
"""Words of what people do, of which no person's whole name consists."""

ALONE = (WORK | _set("inbox mailbox")) - _set(
    "a agent all and at bot call case first for from help in level line local night of on our second the third whole "
    "with"
)
"""Words of work that stand for something without another word."""

MAYBE_SURNAMES = _set("chief head lead")
"""Titles that, alone, may as well be what somebody is called."""

COMPANIES = _set("corp corporation gmbh inc incorporated limited llc llp ltd plc")
"""What a company's name ends in."""

SUFFIXES = _set("cpa dr esq ii iii iv jr junior ma mba md msc phd prof sr")
"""What may follow a person's name after a comma."""

WORK_AND_TITLES = WORK | GROUPS | TITLES
WORK_AND_PLACES = WORK | PLACES
WORK_AND_COMPANIES = WORK | GROUPS | OUTSIDE | COMPANIES
"""What a whole name consists of that is a title, a place where cases wait, or a company."""
