from django.urls import path

from comity.forum import views

app_name = "forum"
urlpatterns = [path("", views.index, name="list")]
