from django.urls import path

from comity.accounts.views import invitations, people, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("people/<str:kind>/<int:number>/", people.people, name="people"),
    path("people/<str:kind>/<int:number>/<int:pk>/role/", people.change_role, name="change_role"),
    path("people/<str:kind>/<int:number>/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("invitations/<int:pk>/again/", invitations.again, name="invite_again"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invitations/by-link/<str:secret>/", invitations.by_link, name="invitation"),
]
