"""Numbers as words that mean nothing."""

SYLLABLES = ("la", "lo", "ma", "mo", "na", "no", "ra", "ro", "ta", "to")


def word(number: int) -> str:
    """A word of its own for each number: the contact filter rightly takes rows of digits for a telephone number, and
    two letters for a messenger's name.
    """
    return "".join(SYLLABLES[int(digit)] for digit in str(number))
