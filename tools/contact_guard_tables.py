"""`python -m tools.contact_guard_tables`: writes the tables of the contact filter that come from elsewhere.

``characters.json`` is made from Unicode's own data and ``dialling.json`` from libphonenumber's, so that the server and
the browser read the same facts, whatever Unicode and whatever library each of them has.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import phonenumbers

RULES = Path(__file__).resolve().parents[1] / "app" / "contact_guard" / "rules"
#: Letters by category that show nothing.
FILLERS = (0x115F, 0x1160, 0x3164, 0xFFA0)
TYPOGRAPHIC = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x2013: "-", 0x2014: "-", 0x2212: "-", 0x2010: "-", 0x2024: "."}


def main() -> int:
    """Writes both files."""
    for name, table in (("characters", characters()), ("dialling", dialling())):
        lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value)}" for key, value in table.items())
        (RULES / f"{name}.json").write_text("{\n" + lines + "\n}\n")
    return 0


def characters() -> dict[str, object]:
    """What each character beyond ASCII is read as. Runs are [first, last, first it is read as]."""
    folded: dict[int, str] = {}
    letters: list[int] = []
    ignored: list[int] = []
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cn", "Co", "Cs"):
            continue
        read = TYPOGRAPHIC.get(code) or _read(character)
        if category in ("Cf", "Mn", "Me", "Mc", "Cc") or code in FILLERS:
            # A next line is a line's end, not nothing.
            if code == 0x85:
                folded[code] = "\n"
            else:
                ignored.append(code)
        elif category in ("Zl", "Zp"):
            folded[code] = "\n"
        elif read.isascii() and read:
            folded[code] = read
        elif category[0] == "L" and code <= 0xFFFF:
            if len(read) == 1 and ord(read) <= 0xFFFF and read != character and read.isalpha():
                folded[code] = read
            letters.append(code)
    return {
        "source": f"Unicode {unicodedata.unidata_version}",
        "runs": _runs({code: ord(read) for code, read in folded.items() if len(read) == 1}),
        "texts": {chr(code): read for code, read in folded.items() if len(read) > 1},
        "ignored": list(_ranges(ignored)),
        "letters": list(_ranges(letters)),
    }


def _read(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c) not in ("Mn", "Me"))
    plain = unicodedata.normalize("NFKC", plain.casefold())
    value = unicodedata.numeric(character, None)
    if value is not None and value == int(value) and 0 <= value <= 99 and not plain.isascii():
        return str(int(value))
    return plain


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = -2
    for code in codes:
        if code != last + 1:
            if last >= 0:
                yield first, last
            first = code
        last = code
    if last >= 0:
        yield first, last


def _runs(read: dict[int, int]) -> list[tuple[int, int, int]]:
    """Neighbours that are read as neighbours, or all as the same, share a run; the latter has a negative third."""
    runs: list[tuple[int, int, int]] = []
    for code, target in read.items():
        if runs:
            first, last, start = runs[-1]
            if last + 1 == code and start >= 0 and start + code - first == target:
                runs[-1] = (first, code, start)
                continue
            if last + 1 == code and (start == -target or (first == last and start == target)):
                runs[-1] = (first, code, -target)
                continue
        runs.append((code, code, target))
    return runs


def dialling() -> dict[str, object]:
    """Country codes, and how many digits a number of each may have after it."""
    lengths: dict[str, list[int]] = {}
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        possible: set[int] = set()
        for region in regions:
            metadata = (
                phonenumbers.PhoneMetadata.metadata_for_nongeo_region(code)
                if region == "001"
                else phonenumbers.PhoneMetadata.metadata_for_region(region)
            )
            assert metadata is not None
            assert metadata.general_desc is not None
            possible.update(metadata.general_desc.possible_length)
        lengths[str(code)] = sorted(length for length in possible if length >= 7)
    return {"source": f"phonenumbers {phonenumbers.__version__}", "lengths": lengths}


if __name__ == "__main__":
    sys.exit(main())
