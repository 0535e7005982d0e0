from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comity.directory import actions, rules
from comity.directory.fields import label_of
from comity.directory.forms import Aliases, FilterForm, Identifiers, OrganisationForm
from comity.directory.models import Contact, Organisation
from comity.lib.kept_pages import stands_until_a_write
from comity.lib.paging import page_of
from comity.lib.past_days import day_asked, on_past_day
from comity.lib.versions import Difference, Stale, Versioned, reopened
from comity.territories.models import Territory

#: Organisations in the panel of a territory's page, and suggestions while one writes a name.
FEW = 8


@require_safe
@stands_until_a_write
def index(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    found = Organisation.objects.visible_to(request.user).current()
    if "q" in asked:
        found = found.matching(asked["q"])
    if "kind" in asked:
        found = found.filter(kind=asked["kind"])
    if "territory" in asked:
        found = found.seated_in(asked["territory"])
    context = {
        "form": form,
        "asked": asked,
        "page": page_of(found.select_related("seat", "zone").by_name(), request),
        "can_add": rules.can_add_organisations(request.user),
    }
    return render(request, "directory/list.html", context)


@require_safe
@stands_until_a_write
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(
        Organisation.objects.visible_to(request.user).select_related("seat", "parent", "zone"),
        pk=pk,
    )
    if organisation.merged_into_id:
        messages.info(request, _("%s was merged into this organisation.") % organisation)
        return redirect("directory:detail", organisation.merged_into_id)
    contacts = Contact.objects.visible_to(request.user).filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "children": page_of(organisation.children.current().by_name(), request, per_page=50),
        "aliases": organisation.aliases.order_by("pk"),
        "identifiers": organisation.identifiers.order_by("scheme", "pk"),
        "zone": getattr(organisation, "zone", None),
        "homes": organisation.residencies.select_related("zone__organisation"),
        "contacts": contacts.prefetch_related("counterparts__organisation"),
        "can_see_contacts": rules.can_see_contacts(request.user),
        "can_change": rules.can_change_organisation(request.user, organisation),
        "can_merge": rules.can_merge_organisations(request.user),
        "can_grant": rules.can_grant_roles(request.user, organisation),
        **on_past_day(day_asked(request)),
    }
    return render(request, "directory/detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    rules.must_add_organisations(request.user)
    forms = OrganisationForms(request, None)
    if request.method == "POST" and forms.are_valid():
        organisation = actions.create_organisation(by=request.user, **forms.values)
        messages.success(request, _("%s is in the register now.") % organisation)
        return redirect("directory:detail", organisation.pk)
    return render(request, "directory/add.html", forms.context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = current_organisation(pk)
    rules.must_change_organisation(request.user, organisation)
    forms = OrganisationForms(request, organisation)
    stale = None
    if request.method == "POST" and forms.are_valid():
        try:
            actions.change_organisation(
                organisation=organisation,
                expected_version=forms.organisation.cleaned_data["version"],
                by=request.user,
                **forms.values,
            )
        except Stale as meanwhile:
            stale = forms.reopened(meanwhile.current)
        else:
            messages.success(request, _("Your change is kept."))
            return redirect("directory:detail", pk)
    context = {**forms.context, "organisation": current_organisation(pk), "stale": stale}
    return render(request, "directory/change.html", context, status=200 if stale is None else 409)


class OrganisationForms:
    """The form of an organisation with the rows of its other names and identifiers."""

    def __init__(self, request: HttpRequest, organisation: Organisation | None) -> None:
        sent = request.POST or None
        self.organisation = OrganisationForm(
            sent,
            instance=organisation,
            may_reclassify=rules.can_reclassify_organisations(request.user),
        )
        self.aliases = Aliases(sent, organisation=organisation, prefix="aliases")
        self.identifiers = Identifiers(sent, organisation=organisation, prefix="identifiers")

    def are_valid(self) -> bool:
        """Asks all three, so that every problem is told at once."""
        answers = [
            self.organisation.is_valid(),
            self.aliases.is_valid(),
            self.identifiers.is_valid(),
        ]
        return all(answers)

    @property
    def context(self) -> dict[str, Any]:
        return {
            "form": self.organisation,
            "aliases": self.aliases,
            "identifiers": self.identifiers,
        }

    @property
    def values(self) -> dict[str, Any]:
        return {
            **self.organisation.values,
            "aliases": self.aliases.names,
            "identifiers": self.identifiers.values,
        }

    def reopened(self, current: Versioned) -> list[Difference]:
        """The fields and lists in which what was written differs from what stands now."""
        assert isinstance(current, Organisation)
        lists = (
            (_("Other names"), [n.text for n in self.aliases.names], current.aliases.all()),
            (
                _("Identifiers"),
                [f"{i.scheme} {i.value}" for i in self.identifiers.values],
                current.identifiers.all(),
            ),
        )
        found = reopened(self.organisation, current)
        for label, written, standing in lists:
            yours, theirs = "; ".join(sorted(written)), "; ".join(sorted(map(str, standing)))
            if yours != theirs:
                found.append(Difference(label, yours, theirs))
        return found


@require_safe
@stands_until_a_write
def of_territory(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel of a territory's page; without htmx, the list narrowed to the territory."""
    territory = get_object_or_404(Territory.objects.visible_to(request.user), pk=pk)
    everything = f"{reverse('directory:list')}?territory={territory.code}"
    if not request.htmx:  # type: ignore[attr-defined]  # set by the middleware of django-htmx
        return redirect(everything)
    found = Organisation.objects.visible_to(request.user).current().seated_in(territory)
    context = {
        "page": page_of(found.select_related("seat").by_name(), request, per_page=FEW),
        "territory": territory,
        "everything": everything,
    }
    return render(request, "directory/_of_territory.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the text field in which an organisation is named."""
    text = next((str(value) for value in request.GET.values()), "").strip()
    found = Organisation.objects.none()
    if text:
        found = Organisation.objects.visible_to(request.user).current().matching(text).by_name()
    names = [label_of(one) for one in found.select_related("seat")[:FEW]]
    return render(request, "directory/_suggestions.html", {"names": names})


def current_organisation(pk: int) -> Organisation:
    """The organisation; one that was merged into another is not worked on any more."""
    return get_object_or_404(Organisation.objects.current().select_related("seat", "parent"), pk=pk)
