from django.urls import path

from mindspace.accounts.views import by_phone, contact, data, joining, people, profile, safety

app_name = "accounts"
urlpatterns = [
    path("second-step/", joining.second_factor, name="second_factor"),
    path("invitation/<str:token>/", joining.invitation_accept, name="invitation_accept"),
    path("profile/", profile.profile_change, name="profile_change"),
    path("age/", profile.age_state, name="age_state"),
    path("rest/", profile.rest_change, name="rest_change"),
    path("rest/end/", profile.rest_end, name="rest_end"),
    path("safety/", safety.safety_show, name="safety_show"),
    path("safety/sign-out/", safety.sessions_end, name="sessions_end"),
    path("safety/sign-out/<uuid:pk>/", safety.session_end, name="session_end"),
    path("blocks/<uuid:pk>/lift/", safety.block_lift, name="block_lift"),
    path("people/<uuid:pk>/", people.person_show, name="person_show"),
    path("people/<uuid:pk>/block/", people.block_put, name="block_put"),
    path("people/<uuid:pk>/vouch/", people.vouch_give, name="vouch_give"),
    path("people/<uuid:pk>/vouch/take-back/", people.vouch_take_back, name="vouch_take_back"),
    path("contact/", contact.contact_list, name="contact_list"),
    path("contact/<uuid:pk>/", contact.contact_confirm, name="contact_confirm"),
    path("contact/<uuid:pk>/delete/", contact.contact_delete, name="contact_delete"),
    path("by-phone/", by_phone.phone_member_list, name="phone_member_list"),
    path("by-phone/<uuid:pk>/end/", by_phone.phone_member_end, name="phone_member_end"),
    path("by-phone/confirm/", by_phone.phone_confirm, name="phone_confirm"),
    path("data/", data.data_show, name="data_show"),
    path("data/my-data.json", data.data_take, name="data_take"),
    path("delete/", data.account_delete, name="account_delete"),
    path("deleted/", data.account_deleted, name="account_deleted"),
    path("still-you/", data.still_you_code, name="still_you"),
]
