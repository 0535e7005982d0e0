from django.urls import path

from comity.issuing import views

app_name = "issuing"
urlpatterns = [
    path("of-programme/<int:pk>/", views.of_programme, name="of_programme"),
    path("of-programme/<int:pk>/draft/", views.draft, name="draft"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/check/", views.check, name="check"),
    path("files/<int:pk>/", views.file, name="file"),
    path("template-<str:language>.docx", views.template, name="template"),
]
