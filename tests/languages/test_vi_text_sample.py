"""Every row of the sample, each kind driven by the public function it is about."""

from datetime import date, datetime

import pytest

from portal.languages import abbreviations, dates, documents, names, numbers
from portal.languages.case import upper
from portal.languages.folding import exact_key, fold, normalise
from portal.languages.legacy import convert, detect
from portal.languages.lint import lint
from portal.languages.matching import highlight, matches, rank
from portal.languages.slugs import filename, slugify
from portal.languages.sorting import vietnamese_key
from portal.languages.truncation import truncate

from .sample import Case, cases

DAY_STYLES = {
    "header_vi": lambda moment: dates.header(moment, "vi"),
    "sentence_vi": dates.sentence_day,
    "byline_vi": dates.byline,
    "doc_vi": dates.document_day,
    "admin_short_vi": dates.short_admin_day,
    "long_en": dates.long_day,
}
NUMBER_STYLES = {
    "vi": lambda value: numbers.number(int(value), "vi"),
    "en": lambda value: numbers.number(float(value), "en"),
    "vi_percent": lambda value: numbers.percent(float(value), "vi"),
    "vi_money": lambda value: numbers.money(int(value), "vi"),
    "vi_docno": lambda value: numbers.document_number(int(value)),
}


def same_or_not(key, case, same="equal", other="different"):
    first, second = case.arguments
    return same if key(first) == key(second) else other


def better_ranked(case):
    query, *named = case.arguments
    documents_by_name = dict(each.split(": ", 1) for each in named)
    return max(sorted(documents_by_name), key=lambda name: rank(query, documents_by_name[name]))


def styled_day(case):
    moment, style = case.arguments
    return DAY_STYLES[style](datetime.fromisoformat(moment))


def parsed_day(case):
    try:
        parsed = dates.parse_date(case.input)
    except dates.InvalidDate:
        return "invalid"
    return ";".join([(parsed.moment or parsed.day).isoformat(), *parsed.warnings])


def day_range(case):
    return dates.short_range(*map(date.fromisoformat, case.arguments), "vi")


def styled_number(case):
    style, value = case.arguments
    return NUMBER_STYLES[style](value)


def parsed_number(case):
    parsed = numbers.parse_number(case.input, "vi")
    return f"{parsed.value:f}" + (";approx" if parsed.approximate else "")


def name_parts(case):
    stated = dict(part.split("=") for part in case.expected.split(";"))
    given = stated["given"]
    name = names.split(case.input, given=given if " " in given else None)
    return f"family={name.family};middle={name.middle};given={name.given}"


def docno_parts(case):
    number = documents.docno(case.input)
    year = [f"year={number.year}"] if number.year else []
    return ";".join([f"no={number.number}", *year, f"type={number.type}", f"agency={number.agency}"])


def recovered(encoding):
    def recover(case):
        assert detect(case.input) == encoding
        return convert(case.input, encoding)

    return recover


def advice(case):
    findings = lint(case.input)
    return (
        ",".join(f"warn:{each.code}" + (f":{each.excerpt}" if each.excerpt else "") for each in findings)
        or "ok"
    )


def in_order(key):
    """Sorts the row's list starting from its reverse, so that a sort that does nothing fails."""

    def order(case):
        backwards = case.input.split(" | ")[::-1]
        return " | ".join(sorted(backwards, key=key))

    return order


DRIVERS = {
    "fold": lambda case: fold(case.input),
    "nfc": lambda case: normalise(case.input),
    "variant_key": lambda case: same_or_not(exact_key, case),
    "search": lambda case: "match" if matches(*case.arguments) else "no-match",
    "search_rank": better_ranked,
    "highlight": lambda case: highlight(*case.arguments),
    "slug": lambda case: slugify(case.input),
    "filename": lambda case: filename(case.input),
    "date_fmt": styled_day,
    "date_parse": parsed_day,
    "date_range_vi": day_range,
    "quarter": lambda case: dates.quarter_of(datetime.fromisoformat(case.input)).title("vi"),
    "quarter_parse": lambda case: str(dates.parse_quarter(case.input)),
    "quarter_en": lambda case: dates.parse_quarter(case.input).title("en"),
    "sort_quarter": in_order(dates.parse_quarter),
    "num_fmt": styled_number,
    "num_parse_vi": parsed_number,
    "name_parts": name_parts,
    "name_strip_title": lambda case: names.strip_title(case.input)[1],
    "name_ascii": lambda case: names.ascii_name(case.input),
    "sort_person": in_order(lambda full_name: names.person_key(names.split(full_name))),
    "docno": docno_parts,
    "docno_key": lambda case: same_or_not(documents.docno_key, case),
    "legacy_tcvn3": recovered("tcvn3"),
    "legacy_vni": recovered("vni"),
    "mojibake": recovered("mojibake"),
    "abbr": lambda case: abbreviations.expand(case.input),
    "lint": advice,
    "truncate": lambda case: truncate(case.arguments[0], int(case.arguments[1])),
    "case": lambda case: {"upper": upper}[case.arguments[1]](case.arguments[0]),
    "sort": in_order(vietnamese_key),
}


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.kind}: {case.input}")
def test_each_row_of_the_sample_holds(case: Case):
    assert DRIVERS[case.kind](case) == case.expected


def test_every_kind_in_the_sample_is_driven_and_no_driver_is_idle():
    assert {case.kind for case in cases()} == set(DRIVERS)


def test_the_sample_is_whole():
    assert len(cases()) == 121
