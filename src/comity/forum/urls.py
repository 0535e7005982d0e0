from django.urls import path

from comity.forum import views

app_name = "forum"
urlpatterns = [
    path("", views.editions, name="list"),
    path("add/", views.add, name="add"),
    path("<int:number>/", views.edition, name="detail"),
]
