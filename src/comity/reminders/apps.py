from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "comity.reminders"
    label = "reminders"

    def ready(self) -> None:
        from comity.post.kinds import LOOKS  # noqa: PLC0415
        from comity.reminders.unsent import why_not  # noqa: PLC0415

        LOOKS["digest"] = why_not
