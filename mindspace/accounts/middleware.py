from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse


class OurSiteMiddleware:
    """allauth's views put a `site` of theirs (the request's host) into the context, over ours. Take it out again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        match = request.resolver_match
        if match and match.func.__module__.startswith("allauth.") and response.context_data:
            response.context_data.pop("site", None)
        return response
