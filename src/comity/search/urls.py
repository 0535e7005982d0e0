from django.urls import path

from comity.search import views

app_name = "search"
urlpatterns = [path("", views.index, name="search")]
