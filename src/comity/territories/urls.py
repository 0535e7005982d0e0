from django.urls import path

from comity.territories import views

app_name = "territories"
urlpatterns = [path("", views.index, name="list")]
