from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comity.search.forms import SearchForm
from comity.search.queries import PER_PAGE, RANKED, Filters, search

#: Words to begin with: another form, another language, a beginning, a slip of the pen.
TRY = ("соглашениями", "пагадненне", "tourism", "Гомел", "Vitebks")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The box with its filters and what was found; to htmx only the latter."""
    form = SearchForm(request.GET, reader=request.user)
    words = form.words
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked) <= RANKED // PER_PAGE else 1
    context = {
        "form": form,
        "search_words": words,
        "found": search(request.user, words, form.filters, page=number) if words else None,
        "is_narrowed": form.filters != Filters(),
        "examples": TRY,
    }
    part = request.htmx  # type: ignore[attr-defined]  # by its middleware
    return render(request, "search/_found.html" if part else "search/search.html", context)
