from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "comity.programmes"
    label = "programmes"
