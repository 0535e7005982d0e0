from django.urls import path

from comity.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("about/figures/", views.about, name="about"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("healthz/", views.healthy, name="healthy"),
]
