from django.urls import path

from comity.territories import views

app_name = "territories"
urlpatterns = [
    path("", views.index, name="list"),
    path("load/", views.load, name="load"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/municipalities/add/", views.add_municipality, name="add_municipality"),
]
