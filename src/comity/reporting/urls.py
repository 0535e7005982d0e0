from django.urls import path

from comity.reporting.views import deciding, evidence, reading, writing

app_name = "reporting"
urlpatterns = [
    path("<int:pk>/", reading.report, name="report"),
    path("<int:pk>/write/", writing.write, name="write"),
    path("<int:pk>/save/", writing.save, name="save"),
    path("<int:pk>/discard/", writing.discard, name="discard"),
    path("<int:pk>/accept/", deciding.accept, name="accept"),
    path("<int:pk>/return/", deciding.give_back, name="return"),
    path("<int:pk>/reopen/", deciding.reopen, name="reopen"),
    path("<int:pk>/take-back/", deciding.take_back, name="take_back"),
    path("evidence/<int:pk>/", evidence.file, name="evidence"),
    path("evidence/<int:pk>/preview/", evidence.preview, name="preview"),
    path("on/<int:pk>/", reading.occurrence, name="occurrence"),
    path("on/<int:pk>/start/", writing.start, name="start"),
    path("on/<int:pk>/settle/", deciding.settle, name="settle"),
    path("of-measure/<int:pk>/", reading.of_measure, name="of_measure"),
    path("of-measure/<int:pk>/news/", writing.start_news, name="start_news"),
]
