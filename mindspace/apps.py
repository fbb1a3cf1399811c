from django.apps import AppConfig


class MindSpaceConfig(AppConfig):
    name = "mindspace"
