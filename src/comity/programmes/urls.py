from django.urls import path

from comity.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.index, name="list"),
    path("measures/", views.index, name="measures"),
]
