from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "comity.issuing"
    label = "issuing"
