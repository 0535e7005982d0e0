"""Which room answers which address."""

from django.urls import include, path

urlpatterns = [
    path("", include("comity.web.urls")),
    path("account/", include("allauth.urls")),
    path("account/", include("comity.accounts.urls")),
    path("agreements/", include("comity.agreements.urls")),
    path("", include("comity.programmes.urls")),
    path("organisations/", include("comity.directory.urls")),
    path("territories/", include("comity.territories.urls")),
    path("reports/", include("comity.reporting.urls")),
    path("reminders/", include("comity.reminders.urls")),
    path("issued/", include("comity.issuing.urls")),
    path("portfolio/", include("comity.portfolio.urls")),
    path("forum/", include("comity.forum.urls")),
    path("intake/", include("comity.intake.urls")),
    path("search/", include("comity.search.urls")),
    path("history/", include("comity.audit.urls")),
]

handler403 = "comity.web.views.refused"
handler404 = "comity.web.views.not_found"
handler500 = "comity.web.views.failed"
