from django.urls import path

from comity.intake import views

app_name = "intake"
urlpatterns = [path("", views.index, name="list")]
