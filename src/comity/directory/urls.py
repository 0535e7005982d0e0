from django.urls import path

from comity.directory import views

app_name = "directory"
urlpatterns = [path("", views.index, name="list")]
