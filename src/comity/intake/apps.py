from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "comity.intake"
    label = "intake"
