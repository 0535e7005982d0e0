from django.urls import path

from comity.intake.views import bodies, checking, comparing, finished, starting, targets

app_name = "intake"
urlpatterns = [
    path("", starting.index, name="list"),
    path("<int:pk>/", finished.detail, name="detail"),
    path("<int:pk>/again/", starting.again, name="again"),
    path("<int:pk>/columns/", starting.columns, name="columns"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/rows/<int:row_pk>/", checking.row, name="row"),
    path("<int:pk>/bodies/", bodies.bodies, name="bodies"),
    path("<int:pk>/bodies/likely/", bodies.likely, name="likely"),
    path("<int:pk>/bodies/<int:body_pk>/", bodies.decide, name="decide"),
    path("<int:pk>/bodies/<int:body_pk>/choose/", bodies.choose, name="choose"),
    path("<int:pk>/bodies/<int:body_pk>/create/", bodies.create, name="create"),
    path("<int:pk>/target/", targets.target, name="target"),
    path("<int:pk>/compare/", comparing.compared, name="compare"),
    path("<int:pk>/commit/", targets.commit, name="commit"),
    path("<int:pk>/drop/", starting.drop, name="drop"),
    path("<int:pk>/undo/", finished.undo, name="undo"),
    path("<int:pk>/file/", finished.file, name="file"),
    path("of-measure/<int:pk>/", finished.source_of_measure, name="source_of_measure"),
    path("of-programme/<int:pk>/", finished.of_programme, name="of_programme"),
]
