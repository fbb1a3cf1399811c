"""What each page weighs as a browser gets it: bytes of answers' bodies, compressed as sent, by kind."""

from collections import Counter

from playwright.sync_api import Browser, Response

from bench.figures import Figures

KB = 1024
PAGE = {"document": 25, "stylesheet": 14, "script": 10, "all": 120, "requests": 10}
ARTICLE = PAGE | {"script": 20, "requests": 16}


def weigh(figures: Figures, browser: Browser, address: str, pages: list[str], article: str) -> None:
    for page in [*pages, article]:
        sizes, requests = _load(browser.new_context(), address + page)
        for kind, budget in (ARTICLE if page == article else PAGE).items():
            value = requests if kind == "requests" else sizes[kind] / KB
            unit = "" if kind == "requests" else "KB"
            figures.show(f"Weight of {page}, {kind}", value, budget, "budget", unit, most=1)


def _load(context, address: str) -> tuple[Counter[str], int]:  # type: ignore[no-untyped-def]
    responses: list[Response] = []
    page = context.new_page()
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    sizes: Counter[str] = Counter()
    for response in responses:
        size = response.request.sizes()["responseBodySize"]
        sizes[response.request.resource_type] += size
        sizes["all"] += size
    context.close()
    return sizes, len(responses)
