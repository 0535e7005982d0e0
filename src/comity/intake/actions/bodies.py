from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from comity.accounts.rules import Reader
from comity.audit.actions import Trail, snapshot
from comity.directory.actions import OtherName, change_organisation, create_organisation
from comity.directory.models import Alias, Organisation
from comity.directory.rules import can_change_organisation
from comity.intake.actions.drafts import locked
from comity.intake.becoming import key_of
from comity.intake.matching import Candidate, Written, certain, load_directory, match_all
from comity.intake.matching.directory import Reason
from comity.intake.models import Import, ImportBody
from comity.lib.languages import LANGUAGES

#: A candidate this much alike, and so much more than the next one, is taken without a question.
LIKELY, AHEAD = 90, 5


@dataclass(frozen=True, slots=True)
class Matched:
    """A written body: how often it is named, its candidates, and whether the best is certain."""

    uses: int
    candidates: Sequence[Candidate]
    is_certain: bool


def match_bodies(named: Iterable[Sequence[Mapping[str, Any]]]) -> dict[Written, Matched]:
    """The bodies that some rows name, looked up in the directory, which is read once."""
    uses = Counter(Written(*key_of(body)) for bodies in named for body in bodies)
    directory = load_directory({body.text for body in uses})
    found = match_all(uses, directory)
    return {
        body: Matched(count, found[body], certain(body, found[body], directory))
        for body, count in uses.items()
    }


def keep_bodies(document: Import, matched: Mapping[Written, Matched]) -> None:
    """Keeps the bodies of a draft; what a person said of one of them before stays."""
    known = {Written(body.text, body.side): body for body in document.bodies.all()}
    for body in known.values():
        body.uses = 0
    made = []
    for written, match in matched.items():
        if written in known:
            known[written].uses = match.uses
            continue
        made.append(
            ImportBody(
                document=document,
                text=written.text,
                side=written.side,
                uses=match.uses,
                candidates=[list(candidate) for candidate in match.candidates],
                organisation_id=match.candidates[0].organisation if match.is_certain else None,
                is_certain=match.is_certain,
            )
        )
    ImportBody.objects.bulk_update(known.values(), ["uses"])
    ImportBody.objects.bulk_create(made)


def follow_bodies(document: Import) -> None:
    """After rows were changed: counts the bodies that they name, and looks up new ones."""
    named = [row.values["responsible"] for row in document.rows.taken()]
    uses = Counter(Written(*key_of(body)) for bodies in named for body in bodies)
    known = {Written(body.text, body.side): body for body in document.bodies.all()}
    missing = [body for body in uses if body not in known]
    matched = match_bodies([[_as_read(body)] for body in missing]) if missing else {}
    still = {body: Matched(uses[body], (), is_certain=False) for body in uses if body in known}
    new = {
        body: Matched(uses[body], match.candidates, match.is_certain)
        for body, match in matched.items()
    }
    keep_bodies(document, still | new)


def _as_read(body: Written) -> dict[str, str]:
    return {"text": body.text, "side": body.side}


@transaction.atomic
def match_body(
    *,
    body: ImportBody,
    organisation: Organisation,
    expected_version: int,
    by: Reader,
    remember: bool = False,
) -> ImportBody:
    """Says which organisation is meant; with `remember` the directory learns the written name.

    Raises `lib.versions.Stale` if somebody decided about the body meanwhile.
    """
    body, before = _claimed(body, expected_version, by)
    if remember and can_change_organisation(by, organisation):
        _remember(organisation, body, by)
    body.organisation, body.is_text, body.is_certain = organisation, False, False
    return _kept("intake.body_matched", body, before, by)


@transaction.atomic
def create_body(
    *, body: ImportBody, expected_version: int, by: Reader, **fields: Any
) -> ImportBody:
    """A new organisation for a body that the directory does not have; `fields` as it takes them.

    The written name becomes one of its names. Other open bodies are looked up again.
    """
    body, before = _claimed(body, expected_version, by)
    names = {fields.get(f"name_{code}") for code in LANGUAGES}
    aliases = [] if body.text in names else [OtherName(body.text)]
    body.organisation = create_organisation(by=by, aliases=aliases, **fields)
    body.is_text = False
    kept = _kept("intake.body_matched", body, before, by)
    _look_up_again(body.document)
    return kept


@transaction.atomic
def keep_body_as_text(*, body: ImportBody, expected_version: int, by: Reader) -> ImportBody:
    """The body stays as the document writes it, without an organisation."""
    body, before = _claimed(body, expected_version, by)
    body.organisation, body.is_text, body.is_certain = None, True, False
    return _kept("intake.body_kept_as_text", body, before, by)


@transaction.atomic
def reopen_body(*, body: ImportBody, expected_version: int, by: Reader) -> ImportBody:
    """Takes back what was said of a body."""
    body, before = _claimed(body, expected_version, by)
    body.organisation, body.is_text, body.is_certain = None, False, False
    return _kept("intake.body_reopened", body, before, by)


@transaction.atomic
def accept_likely(*, document: Import, by: Reader) -> list[ImportBody]:
    """Takes the best candidate wherever it is nearly certain and well ahead of the next."""
    document = locked(document, by)
    trail, accepted = Trail("intake.bodies_accepted", by), []
    for body in document.bodies.open():
        likely = likely_of(body)
        if likely is None or not Organisation.objects.current().filter(pk=likely).exists():
            continue
        before = snapshot(body)
        body.claim(body.version)
        body.organisation_id = likely
        body.save()
        trail.changed(body, before)
        accepted.append(body)
    if accepted:
        trail.record()
    return accepted


def likely_of(body: ImportBody) -> int | None:
    """The organisation that is nearly certainly meant, if there is one.

    Its name has the same words in another form, as no other has, or is much more alike.
    """
    nobody = (None, 0, "")
    ranked = [*body.candidates, nobody, nobody]
    (organisation, score, reason), (_other, next_score, next_reason) = ranked[:2]
    alone = reason == Reason.FORM and next_reason != Reason.FORM
    return organisation if alone or (score >= LIKELY and score - next_score >= AHEAD) else None


def _claimed(
    body: ImportBody, expected_version: int, by: Reader
) -> tuple[ImportBody, dict[str, Any]]:
    document = locked(body.document, by)
    body = document.bodies.get(pk=body.pk)
    body.document = document
    before = snapshot(body)
    body.claim(expected_version)
    return body, before


def _kept(verb: str, body: ImportBody, before: dict[str, Any], by: Reader) -> ImportBody:
    body.save()
    trail = Trail(verb, by)
    trail.changed(body, before)
    trail.record()
    return body


def _remember(organisation: Organisation, body: ImportBody, by: Reader) -> None:
    names = [OtherName(a.text, a.language) for a in Alias.objects.filter(organisation=organisation)]
    if body.text.casefold() in {name.text.casefold() for name in names}:
        return
    change_organisation(
        organisation=organisation,
        expected_version=organisation.version,
        by=by,
        aliases=[*names, OtherName(body.text)],
    )


def _look_up_again(document: Import) -> None:
    waiting = {Written(body.text, body.side): body for body in document.bodies.open()}
    matched = match_bodies([[_as_read(written)] for written in waiting])
    for written, match in matched.items():
        body = waiting[written]
        body.candidates = [list(candidate) for candidate in match.candidates]
    ImportBody.objects.bulk_update(waiting.values(), ["candidates"])
