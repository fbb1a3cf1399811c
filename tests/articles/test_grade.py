"""The reading grade agrees with what is known of plain and of hard texts."""

import pytest

from articles.grade import reading_grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("soup", 1), ("the", 1), ("neighbor", 2), ("walked", 1), ("wanted", 2), ("table", 2), ("quiet", 2), ("a", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_formula() -> None:
    # 6 words in 1 sentence, 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59
    assert reading_grade("We sat and drank hot soup.") == pytest.approx(-1.45)
    # a line break ends a sentence: 3 words each
    assert reading_grade("We sat and\ndrank hot soup") == pytest.approx(0.39 * 3 + 11.8 - 15.59)


def test_plain_and_hard() -> None:
    assert reading_grade("") == 0
    assert reading_grade("12 %") == 0
    assert reading_grade("You can stop here. You can come back another day.") < 3
    assert reading_grade("Institutional considerations necessitate comprehensive deliberation.") > 12
