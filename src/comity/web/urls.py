from django.urls import path

from comity.web import calendar, views, work

urlpatterns = [
    path("", views.home, name="home"),
    path("work/", work.work, name="work"),
    path("work/accept/", work.accept_chosen, name="accept_chosen"),
    path("work/calendar/", calendar.my_calendar, name="my_calendar"),
    path("calendar/<str:secret>.ics", calendar.calendar, name="calendar"),
    path("language/", views.language, name="language"),
    path("about/figures/", views.about, name="about"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path("healthz/", views.healthy, name="healthy"),
]
