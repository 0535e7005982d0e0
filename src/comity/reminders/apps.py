from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "comity.reminders"
    label = "reminders"
