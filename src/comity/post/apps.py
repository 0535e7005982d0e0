from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "comity.post"
    label = "post"
