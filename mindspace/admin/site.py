"""The admin that staff work in."""

from django.contrib import admin


class AdminSite(admin.AdminSite):
    pass
