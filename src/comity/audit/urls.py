from django.urls import path

from comity.audit import views

app_name = "audit"
urlpatterns = [
    path("<str:model>/<int:pk>/", views.history, name="history"),
    path("<str:model>/<int:pk>/as-of/", views.as_of, name="as_of"),
]
