from django.urls import path

from comity.agreements.views import course, papers, reading, writing

app_name = "agreements"
urlpatterns = [
    path("", reading.index, name="list"),
    path("add/", writing.add, name="add"),
    path("parties/", reading.party_suggestions, name="party_suggestions"),
    path("of-territory/<int:pk>/", reading.of_territory, name="of_territory"),
    path("of-organisation/<int:pk>/", reading.of_organisation, name="of_organisation"),
    path("neighbours/<int:pk>/", reading.neighbours, name="neighbours"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/change/", writing.change, name="change"),
    path("<int:pk>/amend/", course.amend, name="amend"),
    path("<int:pk>/end/", course.end, name="end"),
    path("<int:pk>/object/", course.object_to, name="object"),
    path("<int:pk>/documents/add/", papers.add_document, name="add_document"),
    path("<int:pk>/statements/add/", papers.add_statement, name="add_statement"),
    path("amendments/<int:pk>/remove/", course.remove_amendment, name="remove_amendment"),
    path("documents/<int:pk>/", papers.download, name="document"),
    path("documents/<int:pk>/remove/", papers.remove_document, name="remove_document"),
]
