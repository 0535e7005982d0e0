from django.urls import path, register_converter

from comity.reporting.views import (
    deciding,
    evidence,
    following,
    links,
    periods,
    reading,
    submitted,
    writing,
)


class _Followed:
    """What can be followed, by the word in its address."""

    regex = "programme|measure"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Followed, "followed")

app_name = "reporting"
urlpatterns = [
    path("<int:pk>/", reading.report, name="report"),
    path("<int:pk>/write/", writing.write, name="write"),
    path("<int:pk>/save/", writing.save, name="save"),
    path("<int:pk>/discard/", writing.discard, name="discard"),
    path("<int:pk>/continue/", writing.go_on, name="continue"),
    path("<int:pk>/accept/", deciding.accept, name="accept"),
    path("<int:pk>/return/", deciding.give_back, name="return"),
    path("<int:pk>/reopen/", deciding.reopen, name="reopen"),
    path("<int:pk>/take-back/", deciding.take_back, name="take_back"),
    path("evidence/<int:pk>/", evidence.file, name="evidence"),
    path("evidence/<int:pk>/preview/", evidence.preview, name="preview"),
    path("on/<int:pk>/", reading.occurrence, name="occurrence"),
    path("on/<int:pk>/start/", writing.start, name="start"),
    path("on/<int:pk>/settle/", deciding.settle, name="settle"),
    path("follow/<followed:kind>/<int:pk>/", following.follow, name="follow"),
    path("follow/<followed:kind>/<int:pk>/button/", following.button, name="follow_button"),
    path("periods/of-programme/<int:pk>/", periods.of_programme, name="periods"),
    path("periods/of-programme/<int:pk>/open/", periods.open_period, name="open_period"),
    path("periods/<int:pk>/lock/", periods.lock, name="lock"),
    path("periods/<int:pk>/unlock/", periods.unlock, name="unlock"),
    path("on/<int:pk>/links/", links.links, name="links"),
    path("links/<int:pk>/take-away/", links.take_away, name="take_link_away"),
    path("by-link/thanks/", submitted.thanks, name="thanks"),
    path("by-link/<str:secret>/", links.by_link, name="by_link"),
    path("by-link/<str:secret>/save/", links.save_by_link, name="save_by_link"),
    path("by-link/<str:secret>/evidence/<int:pk>/", links.file_by_link, name="file_by_link"),
    path(
        "by-link/<str:secret>/evidence/<int:pk>/preview/",
        links.preview_by_link,
        name="preview_by_link",
    ),
    path("of-measure/<int:pk>/", reading.of_measure, name="of_measure"),
    path("of-measure/<int:pk>/news/", writing.start_news, name="start_news"),
]
