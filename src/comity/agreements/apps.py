from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "comity.agreements"
    label = "agreements"
