from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "comity.forum"
    label = "forum"
