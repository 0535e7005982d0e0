from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    name = "comity.territories"
    label = "territories"
