"""What search engines are told about an article, as JSON-LD in the words of schema.org."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.models import Edition
from mindspace.site.models import SiteDetails

# In a script element nothing is escaped, so a title must not be able to end it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def article_json(edition: Edition, address: str, picture: str, site: SiteDetails) -> SafeString:
    """Return the JSON-LD of an edition, fit to stand inside a script element. No person is named in it."""
    data = article_data(edition, address, picture, site)
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - escaped just above


def article_data(edition: Edition, address: str, picture: str, site: SiteDetails) -> dict[str, Any]:
    organization = organization_data(site)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": edition.title,
        "description": edition.dek,
        "inLanguage": edition.language,
        "url": address,
        "mainEntityOfPage": address,
        "image": picture,
        "datePublished": edition.first_published_at.isoformat(),
        "dateModified": edition.publish_at.isoformat(),
        "wordCount": edition.words,
        "timeRequired": f"PT{edition.minutes}M",
        "isAccessibleForFree": True,
        "keywords": [topic["name"] for topic in edition.topics],
        "author": organization,
        "publisher": organization,
    }
    if edition.reviewed_on:
        data["mainEntityOfPage"] = {"@type": "WebPage", "@id": address, "lastReviewed": edition.reviewed_on.isoformat()}
    return data


def organization_data(site: SiteDetails) -> dict[str, Any]:
    return {
        "@type": "Organization",
        "name": site.name,
        "telephone": site.phone,
        "email": site.email,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": site.street,
            "addressLocality": site.city,
            "addressRegion": site.state,
            "postalCode": site.postal_code,
            "addressCountry": "US",
        },
    }
