from django.urls import path

from comity.portfolio.views import panels, portfolio

app_name = "portfolio"
urlpatterns = [
    path("", portfolio.index, name="index"),
    path("portfolio.xlsx", portfolio.excel, name="excel"),
    path("portfolio.csv", portfolio.comma_separated, name="csv"),
    path("late-in-several/", portfolio.late_in_several, name="late_in_several"),
    path("calibration/", portfolio.calibration, name="calibration"),
    path("risk/of-programme/<int:pk>/", panels.risk_of_programme, name="risk_of_programme"),
    path("risk/of-measure/<int:pk>/", panels.risk_of_measure, name="risk_of_measure"),
    path("changes/of-programme/<int:pk>/", panels.changes, name="changes"),
    path("standing/of-programme/<int:pk>/", panels.standing, name="standing"),
]
