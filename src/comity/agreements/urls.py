from django.urls import path

from comity.agreements import views

app_name = "agreements"
urlpatterns = [path("", views.index, name="list")]
