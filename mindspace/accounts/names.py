"""Random display names such as "Calm River 27", so that nobody starts out under their own name."""

import secrets

ADJECTIVES = (
    "Amber", "Bright", "Calm", "Clear", "Early", "Easy", "Fair", "Gentle", "Golden", "Green", "Kind", "Light",
    "Mellow", "Open", "Patient", "Plain", "Quiet", "Silver", "Slow", "Soft", "Steady", "Still", "Tender", "Warm",
)  # fmt: skip
NOUNS = (
    "Acorn", "Birch", "Brook", "Cedar", "Clover", "Creek", "Dove", "Fern", "Field", "Finch", "Harbor", "Heron",
    "Hill", "Lake", "Lantern", "Maple", "Meadow", "Oak", "Pine", "Pond", "River", "Sparrow", "Willow", "Wren",
)  # fmt: skip


def random_display_name() -> str:
    return f"{secrets.choice(ADJECTIVES)} {secrets.choice(NOUNS)} {secrets.randbelow(90) + 10}"
