from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "comity.intake"
    label = "intake"

    def ready(self) -> None:
        from comity.audit import verbs  # noqa: PLC0415  # once all rooms are there
        from comity.intake.verbs import VERBS  # noqa: PLC0415

        verbs.VERBS.update(VERBS)
