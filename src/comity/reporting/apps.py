from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "comity.reporting"
    label = "reporting"

    def ready(self) -> None:
        from comity.accounts.belongings import duties, finders  # noqa: PLC0415  # models are loaded by now
        from comity.audit.actions import recorded  # noqa: PLC0415
        from comity.reporting.belongings import reporting_work  # noqa: PLC0415
        from comity.reporting.duties import reporting_duties  # noqa: PLC0415
        from comity.reporting.following import follow_measures  # noqa: PLC0415

        finders.append(reporting_work)
        duties.append(reporting_duties)
        recorded.connect(follow_measures, dispatch_uid="comity.reporting")
