"""What search engines are told about an article, as JSON-LD in the words of schema.org."""

from typing import Any

from django.utils.safestring import SafeString

from articles.models import Edition
from mindspace.site.models import SiteDetails
from mindspace.structured_data import script_json


def article_json(edition: Edition, address: str, picture: str, site: SiteDetails) -> SafeString:
    """Return the JSON-LD of an edition, fit to stand inside a script element. No person is named in it."""
    return script_json(article_data(edition, address, picture, site))


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
