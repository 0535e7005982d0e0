from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comity.intake.actions import change_row, leave_out_row, take_row_back
from comity.intake.becoming import as_measure
from comity.intake.comparing import due_in_words
from comity.intake.doubts import sentences
from comity.intake.forms import RowForm, bodies_said, body_lines
from comity.intake.models import Import, ImportRow
from comity.intake.queries import figures_of, unknown_sides
from comity.intake.source import SourcePiece, piece
from comity.intake.views.drafts import draft_of, on_draft, page, person, steps
from comity.lib.paging import page_of
from comity.lib.versions import Difference, Stale, reopened

#: Rows on one page of the list.
ROWS = 50


@dataclass(frozen=True, slots=True)
class OpenRow:
    """The row that is looked at: its source beside what was understood."""

    row: ImportRow
    form: RowForm
    lines: Any
    source: SourcePiece
    doubts: Sequence[str]
    understood: str
    next_url: str
    stale: list[Difference] | None = None
    problem: str = ""


@on_draft
@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows as read, doubts first; one of them open beside its source."""
    document = draft_of(request, pk)
    if not document.rows.exists():
        return redirect("intake:columns", pk)
    row = _asked_row(request, document)
    return _checked(request, document, _opened(document, row) if row else None)


def _asked_row(request: HttpRequest, document: Import) -> ImportRow | None:
    """The row that is asked for, else the first that is in doubt."""
    asked = request.GET.get("row", "")
    if asked.isdecimal():
        return document.rows.filter(position=int(asked) - 1).first()
    return document.rows.in_doubt().order_by("position").first()


def _opened(document: Import, row: ImportRow, **given: Any) -> OpenRow:
    return OpenRow(
        row=row,
        form=given.pop("form", None) or RowForm(row=row),
        lines=given.pop("lines", None) or body_lines(row),
        source=piece(row.cells, row.doubts),
        doubts=sentences(row.doubts),
        understood=due_in_words(as_measure(row.values, "en").due),
        next_url=_next_url(document, row),
        **given,
    )


def _next_url(document: Import, row: ImportRow) -> str:
    """The page at the next row in doubt, after the last one from the top again."""
    url = reverse("intake:check", args=[document.pk])
    doubtful = document.rows.in_doubt().exclude(pk=row.pk).order_by("position")
    following = doubtful.filter(position__gt=row.position).first() or doubtful.first()
    return f"{url}?row={following.number}" if following else f"{url}?row=0"


def _checked(
    request: HttpRequest, document: Import, opened: OpenRow | None, status: int = 200
) -> HttpResponse:
    rows = document.rows.doubts_first().defer("cells")
    context = {
        "document": document,
        "steps": steps(document, "check"),
        "figures": figures_of(document),
        "unknown_sides": unknown_sides(document),
        "doubts": sentences(document.doubts),
        "opened": opened,
        "page": page_of(rows, request, per_page=ROWS),
    }
    return page(request, "intake/check.html", "intake/_check.html", context, status)


@on_draft
@require_POST
def row(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """What a person says of one row: right, corrected, left out or taken after all."""
    document = draft_of(request, pk)
    found = get_object_or_404(document.rows, pk=row_pk)
    found.document = document
    act = {"leave_out": leave_out_row, "take_back": take_row_back}.get(request.POST.get("do", ""))
    form, lines = RowForm(request.POST, row=found), body_lines(found, request.POST)
    try:
        if act:
            version = request.POST.get("version", "")
            expected = int(version) if version.isdecimal() else 0
            act(row=found, expected_version=expected, by=person(request))
        elif form.is_valid() and lines.is_valid():
            change_row(
                row=found,
                values={**form.values, "responsible": bodies_said(lines)},
                expected_version=form.cleaned_data["version"],
                by=person(request),
                settled=request.POST.get("do") == "right",
            )
        else:
            return _checked(
                request, document, _opened(document, found, form=form, lines=lines), 400
            )
    except Stale as meanwhile:
        return _stale(request, document, form, lines, meanwhile)
    except ValidationError as problem:
        opened = _opened(
            document, found, form=form, lines=lines, problem=" ".join(problem.messages)
        )
        return _checked(request, document, opened, 400)
    return redirect(_next_url(document, found))


def _stale(
    request: HttpRequest, document: Import, form: RowForm, lines: Any, meanwhile: Stale
) -> HttpResponse:
    """Both versions of the row, for the person to decide."""
    current = meanwhile.current
    assert isinstance(current, ImportRow)
    current.document = document
    form.is_valid()
    written = dict(RowForm(row=current).initial)
    differing = reopened(form, _Standing(current, written))  # type: ignore[arg-type]  # has what is asked of it
    yours, theirs = _told(_written(lines)), _told(current.values["responsible"])
    if yours != theirs:
        differing.append(Difference(_("Bodies"), yours, theirs))
    opened = _opened(document, current, form=form, lines=lines, stale=differing)
    return _checked(request, document, opened, 409)


def _written(lines: Any) -> list[dict[str, Any]]:
    return bodies_said(lines) if lines.is_valid() else []


def _told(bodies: list[dict[str, Any]]) -> str:
    return "; ".join(f"{body['side'] or ''} {body['text']}".strip() for body in bodies)


class _Standing:
    """The row as it stands now, by the names and in the kinds of values of the form's fields."""

    def __init__(self, row: ImportRow, fields: dict[str, Any]) -> None:
        self.version = row.version
        for name, value in fields.items():
            if name != "version":
                is_day = name in ("due_start", "due_end") and value
                setattr(self, name, date.fromisoformat(value) if is_day else value or "")
