from django.urls import path

from comity.directory.views import contacts, merging, organisations, zones

app_name = "directory"
urlpatterns = [
    path("", organisations.index, name="list"),
    path("add/", organisations.add, name="add"),
    path("suggestions/", organisations.suggestions, name="suggestions"),
    path("of-territory/<int:pk>/", organisations.of_territory, name="of_territory"),
    path("<int:pk>/", organisations.detail, name="detail"),
    path("<int:pk>/change/", organisations.change, name="change"),
    path("<int:pk>/merge/", merging.merge, name="merge"),
    path("<int:pk>/contacts/add/", contacts.add, name="add_contact"),
    path("contacts/<int:pk>/change/", contacts.change, name="change_contact"),
    path("contacts/<int:pk>/remove/", contacts.remove, name="remove_contact"),
    path("zones/", zones.index, name="zones"),
    path("<int:pk>/zone/add/", zones.add, name="add_zone"),
    path("zones/<int:pk>/", zones.detail, name="zone"),
    path("zones/<int:pk>/change/", zones.change, name="change_zone"),
    path("zones/<int:pk>/terms/add/", zones.add_term, name="add_term"),
    path("zones/terms/<int:pk>/change/", zones.change_term, name="change_term"),
    path("zones/<int:pk>/residents/add/", zones.add_resident, name="add_resident"),
    path("zones/residents/<int:pk>/end/", zones.end_residency, name="end_residency"),
]
