"""The search rows of groups: what finding reads, made from what the desk writes."""

from collections.abc import Iterable


def refresh(group_ids: Iterable[int]) -> None:
    """Make the search rows of these groups anew. Call it in the transaction that changed them."""
