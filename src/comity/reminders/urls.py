from django.urls import path, register_converter

from comity.reminders import views


class _Side:
    """The code of a country, or a dash where a measure knows no sides."""

    regex = "[A-Z]{2}|-"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Side, "side")

app_name = "reminders"
urlpatterns = [
    path("form/<int:pk>/<side:side>/", views.form, name="form"),
    path("of-programme/<int:pk>/", views.ladder, name="ladder"),
    path("mine/", views.mine, name="mine"),
    path("mails/", views.mails, name="mails"),
    path("mails/planned/", views.planned, name="planned"),
    path("mails/<int:pk>/", views.mail, name="mail"),
    path("mails/<int:pk>/again/", views.send_again, name="send_again"),
]
