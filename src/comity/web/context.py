from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity import __version__
from comity.programmes.rules import can_add_programme
from comity.reminders.rules import can_see_letters
from comity.web.middleware import PLACE_OF_TOKEN
from comity.web.not_sent import came_from

#: Pages that are about measures, and pages of other rooms that are about one programme.
OF_MEASURES = (
    "programmes:measure", "programmes:change_measure", "programmes:strike_measure",
    "programmes:amendment", "programmes:agree", "programmes:decline", "programmes:withdraw",
    "reporting:occurrence", "reporting:report", "reporting:write", "reporting:links",
    "reporting:of_measure", "portfolio:risk_of_measure",
)  # fmt: skip
OF_PROGRAMMES = (
    "issuing:", "reporting:periods", "reporting:unlock", "reminders:ladder",
    "portfolio:risk_of_programme", "portfolio:changes", "portfolio:standing",
)  # fmt: skip
#: Under which entry the people of a programme and of an organisation stand.
OF_PEOPLE = {"programme": "programmes:list", "organisation": "directory:list"}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation."""

    label: str
    url: str
    is_current: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """What the frame around every page shows; fragments, which have none, do not ask for it."""
    own_token = {"csrf_token": PLACE_OF_TOKEN} if hasattr(request, "kept_under") else {}
    return {
        **own_token,
        "stands_at": lambda: _stands_at(request),
        "navigation": lambda: _navigation(request),
        "sees_letters": lambda: can_see_letters(request.user),
        "version": __version__,
        "other_clock": _other_clock,
        "is_demo": settings.COMITY_DEMO,
        "page_languages": [
            ("be", "Бел", "Беларуская"),
            ("ru", "Рус", "Русский"),
            ("en", "Eng", "English"),
        ],
    }


def _stands_at(request: HttpRequest) -> str:
    """Where one finds this page again, in another language or signed in.

    What answers to a form may stand at an address that knows no other method: then it is the page
    on which the form was.
    """
    page = came_from(request) if request.method == "POST" else None
    return page or request.get_full_path()


def _other_clock() -> str:
    """The reader's time zone where it is not the register's own."""
    name: str = timezone.get_current_timezone_name()
    return "" if name == timezone.get_default_timezone_name() else name


def _navigation(request: HttpRequest) -> list[Place]:
    rooms = [
        (_("Overview"), "home"),
        (_("Agreements"), "agreements:list"),
        (_("Programmes"), "programmes:list"),
        (_("Portfolio"), "portfolio:index"),
        (_("Measures"), "programmes:measures"),
        (_("Organisations"), "directory:list"),
        (_("Territories"), "territories:list"),
        (_("Forum"), "forum:list"),
    ]
    if request.user.is_authenticated:
        rooms.insert(0, (_("My work"), "work"))
    if can_add_programme(request.user):
        rooms.append((_("Bring in"), "intake:list"))
    match = request.resolver_match
    here = match.view_name.split(":")[0] if match else ""
    name = match.view_name if match else ""
    whose = OF_PEOPLE.get(match.kwargs.get("kind", "")) if here == "accounts" and match else None
    return [
        Place(label, reverse(view), view in (name, whose) or _holds(view, here, name))
        for label, view in rooms
    ]


def _holds(view: str, here: str, name: str) -> bool:
    """Whether the entry stands for the page shown: measures have their own entry."""
    if name.startswith(OF_MEASURES):
        return view == "programmes:measures"
    if name.startswith(OF_PROGRAMMES):
        return view == "programmes:list"
    return view.startswith(f"{here}:") and view != "programmes:measures"
