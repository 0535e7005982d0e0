from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from comity.accounts.rules import Reader
from comity.directory.models import Organisation
from comity.intake.becoming import Known, written_words
from comity.intake.models import Became, Import, ImportBody, ImportRow, ImportState
from comity.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Figures:
    """What a draft amounts to, in numbers."""

    rows: int
    left_out: int
    doubts: int
    bodies: int
    known: int
    open_bodies: int
    unplaced_words: int

    @property
    def measures(self) -> int:
        return self.rows - self.left_out


def figures_of(document: Import) -> Figures:
    """Two queries, however long the document is."""
    rows = document.rows.aggregate(
        rows=Count("pk"),
        left_out=Count("pk", filter=Q(is_left_out=True)),
        doubts=Count("pk", filter=Q(in_doubt=True)),
    )
    bodies = document.bodies.used().aggregate(
        bodies=Count("pk"),
        known=Count("pk", filter=~Q(organisation=None)),
        open_bodies=Count("pk", filter=Q(organisation=None, is_text=False)),
    )
    words = sum(len(text["text"].split()) for text in document.unplaced)
    return Figures(**rows, **bodies, unplaced_words=words)


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """A text of the document that is in no measure and no section, and why it is not."""

    LEFT_OUT, NOT_TAKEN, CORRECTED = "left out", "not taken", "corrected"

    text: str
    why: str = ""


def not_placed(document: Import) -> list[NotPlaced]:
    """What the document says and the register does not: texts outside the measures, rows that a
    person left out or did not take over, and what a correction wrote over."""
    listed = [NotPlaced(text["text"]) for text in document.unplaced]
    for row in document.rows.defer("cells", "doubts"):
        if row.is_left_out:
            listed.append(NotPlaced(written_words(row.read), NotPlaced.LEFT_OUT))
        elif document.state == ImportState.COMMITTED and row.became == Became.NOTHING:
            listed.append(NotPlaced(written_words(row.read), NotPlaced.NOT_TAKEN))
        elif row.corrected and (lost := words_written_over(row)):
            listed.append(NotPlaced(lost, NotPlaced.CORRECTED))
    return listed


def words_written_over(row: ImportRow) -> str:
    """What was read in a row and stands nowhere in it any more; section and all."""
    stays = {*written_words(row.values).casefold().split(), *_section_words(row.values)}
    read = [*written_words(row.read).split(), *(row.read["section"] or "").split()]
    return " ".join(word for word in read if word.casefold() not in stays and word != "·")


def _section_words(values: dict[str, Any]) -> list[str]:
    return (values["section"] or "").casefold().split()


def known_bodies(document: Import) -> Known:
    """The organisations of the bodies, by what the document writes and the side."""
    bodies = document.bodies.exclude(organisation=None)
    return {
        (text, side): organisation
        for text, side, organisation in bodies.values_list("text", "side", "organisation")
    }


def unknown_sides(document: Import) -> list[str]:
    """Codes of sides whose country the register does not have; their measures cannot be kept."""
    sides = set(document.bodies.used().exclude(side="").values_list("side", flat=True))
    countries = Territory.objects.countries().filter(code__in=sides)
    return sorted(sides - set(countries.values_list("code", flat=True)))


def earlier_imports(sha256: str, reader: Reader) -> list[Import]:
    """The times that the same file came before, as far as the reader may see them."""
    found = Import.objects.visible_to(reader).of_file(sha256)
    return list(found.exclude(state=ImportState.DROPPED).told_on_a_list().newest()[:5])


def is_checked_by_others(document: Import, reader: Reader) -> bool:
    """Whether somebody else has a draft of the same file, which the reader may not see."""
    same = Import.objects.of_file(document.file.sha256).drafts().exclude(pk=document.pk)
    return same.exclude(pk__in=Import.objects.visible_to(reader).values("pk")).exists()


def taken_in_before(document: Import, reader: Reader) -> Import | None:
    """The same file where it stands in the register already, as far as the reader may see it."""
    same = Import.objects.visible_to(reader).of_file(document.file.sha256)
    taken_in = same.filter(state=ImportState.COMMITTED).exclude(pk=document.pk)
    return taken_in.select_related("programme").newest().first()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An organisation proposed for a body, and why."""

    organisation: Organisation
    score: int
    reason: str


def proposals_for(bodies: Iterable[ImportBody]) -> dict[int, list[Proposal]]:
    """The candidates of each body that still stand in the directory; one query for all."""
    bodies = list(bodies)
    wanted = {candidate[0] for body in bodies for candidate in body.candidates}
    current = Organisation.objects.current().select_related("seat").in_bulk(wanted)
    return {
        body.pk: [
            Proposal(current[pk], score, reason)
            for pk, score, reason in body.candidates
            if pk in current
        ]
        for body in bodies
    }
