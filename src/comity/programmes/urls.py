from django.urls import path

from comity.programmes.views import (
    amendments,
    exports,
    measures,
    occurrences,
    panels,
    programmes,
)

app_name = "programmes"
urlpatterns = [
    path("programmes/", programmes.index, name="list"),
    path("programmes/add/", programmes.add, name="add"),
    path("programmes/<int:pk>/", programmes.detail, name="detail"),
    path("programmes/<int:pk>/change/", programmes.change, name="change"),
    path("programmes/<int:pk>/remove/", programmes.remove, name="remove"),
    path("programmes/<int:pk>/sections/", programmes.sections, name="sections"),
    path("programmes/<int:pk>/measures.xlsx", exports.excel, name="excel"),
    path("programmes/<int:pk>/measures.csv", exports.comma_separated, name="csv"),
    path("programmes/<int:pk>/measures/add/", measures.add, name="add_measure"),
    path("programmes/of-agreement/<int:pk>/", panels.of_agreement, name="of_agreement"),
    path("programmes/of-territory/<int:pk>/", panels.of_territory, name="of_territory"),
    path("measures/", measures.index, name="measures"),
    path("measures/<int:pk>/", measures.detail, name="measure"),
    path("measures/<int:pk>/change/", measures.change, name="change_measure"),
    path("measures/<int:pk>/strike/", amendments.strike, name="strike_measure"),
    path("measures/amendments/<int:pk>/", amendments.detail, name="amendment"),
    path("measures/amendments/<int:pk>/agree/", amendments.agree, name="agree"),
    path("measures/amendments/<int:pk>/decline/", amendments.decline, name="decline"),
    path("measures/amendments/<int:pk>/withdraw/", amendments.withdraw, name="withdraw"),
    path("measures/<int:pk>/remove/", measures.remove, name="remove_measure"),
    path(
        "measures/of-territory/<int:pk>/",
        panels.measures_of_territory,
        name="measures_of_territory",
    ),
    path(
        "measures/of-organisation/<int:pk>/",
        panels.measures_of_organisation,
        name="measures_of_organisation",
    ),
    path("occurrences/<int:pk>/settle/", occurrences.settle, name="settle"),
    path("occurrences/<int:pk>/reopen/", occurrences.reopen, name="reopen"),
]
