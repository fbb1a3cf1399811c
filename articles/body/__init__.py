"""The body of an article: what may be in it, how it is made tidy when staff save it, and what readers get.

`clean` is for the desk copy: any HTML in, safe and plain HTML out, the same again if cleaned again. `derive` makes what
an edition shows. Both end with nh3 and an allow-list, so that nothing else can come out whatever went in.

The desk HTML holds p, h2 and h3 (with ids), ul, ol, li, blockquote, strong, em, a, br, and

- `<section class="care-card" data-level="calm|concern|urgent">`, its first paragraph being the card's heading;
- `<div class="content-note" data-note="This part talks about ...">` around a passage;
- `<figure data-picture="ID"><img><figcaption>`: the figure stands for the Picture, its `img` is only for the editor.
"""

from articles.body.cleaning import clean, is_too_much
from articles.body.deriving import Derived, derive
from articles.body.reading import Block, blocks, blocks_with_addresses, heading_texts, picture_ids

__all__ = [
    "Block",
    "Derived",
    "blocks",
    "blocks_with_addresses",
    "clean",
    "derive",
    "heading_texts",
    "is_too_much",
    "picture_ids",
]
