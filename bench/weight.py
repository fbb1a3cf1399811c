"""What each page weighs as a browser gets it: bytes of answers' bodies, compressed as sent, by kind."""

import os
import shutil
from collections import Counter

from playwright.sync_api import Response, sync_playwright

from bench.figures import Figures

KB = 1024
PAGE = {"document": 25, "stylesheet": 14, "script": 10, "all": 120, "requests": 10}
ARTICLE = PAGE | {"script": 20, "requests": 16}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def weigh(figures: Figures, address: str, pages: list[str], article: str) -> None:
    path = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*flags, "--disable-gpu"])
        for page in [*pages, article]:
            sizes, requests = _load(browser.new_context(), address + page)
            for kind, budget in (ARTICLE if page == article else PAGE).items():
                value = requests if kind == "requests" else sizes[kind] / KB
                unit = "" if kind == "requests" else "KB"
                figures.show(f"Weight of {page}, {kind}", value, budget, "budget", unit, most=1)
        browser.close()


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
