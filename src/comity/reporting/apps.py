from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "comity.reporting"
    label = "reporting"

    def ready(self) -> None:
        from comity.audit.actions import recorded  # noqa: PLC0415  # models are loaded by now
        from comity.reporting.following import follow_measures  # noqa: PLC0415

        recorded.connect(follow_measures, dispatch_uid="comity.reporting")
