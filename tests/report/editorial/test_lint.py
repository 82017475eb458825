"""What the linter finds, and what it must leave alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wps_xl.model.text import sentences
from wps_xl.report.editorial.lint import RULES, lint
from wps_xl.report.editorial.style import S2007, UN, Profile

OFFENCES = [
    ("percent-sign", "Of the staff, 80% were women.", "0%"),
    ("percent-word", "Some 80 percent were women.", "percent"),
    ("opening-figure", "13 entities reported.", "13"),
    ("opening-figure", "All reported. 92 per cent of participants agreed.", "92"),
    ("small-figure", "It consulted 8 organizations.", "8"),
    ("thousands", "In all, 34086 victims were identified.", "34086"),
    ("serial-comma", "Its age, gender, and diversity strategy.", "age, gender, and diversity"),
    ("acronym-possessive", "It is in UNDP’s mandate.", "UNDP’s"),
    ("acronym-article", "It was done by the UNDP.", "the UNDP"),
    ("un-abbreviated", "The UN reported.", "UN"),
    ("un-abbreviated", "The U.N. reported.", "U.N."),
    ("straight-quotes", 'They were "useful" to all.', '"'),
    ("dollar-sign", "It spent US$ 140,000.", "US$"),
    ("dollar-sign", "It spent USD 140,000.", "USD"),
    ("spelling", "The organisation met.", "organisation"),
    ("spelling", "A program began.", "program"),
    ("spelling", "They mobilised women.", "mobilised"),
    ("spelling", "The judgment was handed down.", "judgment"),
    ("date-form", "It met on September 12, 2007.", "September 12, 2007"),
    ("date-form", "It met on 12th September.", "12th September"),
    ("date-form", "It met on 12/09/07.", "12/09/07"),
    ("date-form", "It met on 2007-09-12.", "2007-09-12"),
    ("gendered-term", "The chairman spoke.", "chairman"),
    ("gendered-term", "It helps the disabled.", "the disabled"),
    ("symbol-form", "See S/PRST/06/42.", "S/PRST/06/42"),
    ("symbol-form", "See S/RES/1325.", "S/RES/1325"),
    ("symbol-form", "See S/2007 567.", "S/2007"),
    ("resolution-year", "It recalled resolution 1325.", "resolution 1325"),
    ("spacing", "Two  spaces.", ""),
    ("spacing", "A space , here.", ","),
    ("latin-abbreviation", "Some, e.g. women, agreed.", "e.g."),
    ("relative-date", "It met last year.", "last year"),
    ("range-dash", "The 2008-2009 plan.", "2008-2009"),
    ("aside-dash", "Five entities — A and B — had plans.", "—"),
]


@pytest.mark.parametrize(("code", "text", "found"), OFFENCES)
def test_the_linter_finds_the_offence_and_only_that(code: str, text: str, found: str) -> None:
    offences = lint(text)

    assert {offence.code for offence in offences} == {code}
    assert offences[0].found == found


def test_every_rule_has_a_specimen() -> None:
    assert {rule.code for rule in RULES} == {code for code, _, _ in OFFENCES}


RIGHT = [
    "Thirteen entities provided information; nine organizations and 12 missions followed.",
    "In all, 34,086 victims of violence were identified in 2006, of whom 80 per cent were women.",
    "As a result, of 18 missions, 11 have an adviser, 8 of whom are at the P-5 level, and 7 focal.",
    "They comprised 28 convictions, including 4 rape charges.",
    "As stated in paragraph 2 above, see paras. 4 and 7, section V, annex 3 and table 5.",
    "On 5 June 2007 and from 5 to 9 May 2007 it met; 3 per cent agreed and 3.75 per cent did not.",
    "See S/2006/770, para. 43. See S/PRST/2006/42. See S/2007/567/Add.1 and S/25704.",
    "Resolutions 1265 (1999) and 1296 (2000) and resolution 1325 (2000) were recalled.",
    "See A/61/583, paras. 47-49, and General Assembly resolution 60/1.",
    "2007 was the year. (a) Develop plans; (b) Report.",
    "The UNITAR Programme and the UNHCR policy apply; UNDP and UN-Habitat agreed.",
    "The mandate of UNDP covers relief and recovery, and normative work.",
    "It spent $2.5 million, then $6 and €7 more, on exercises that comprised expertise.",
    "The computer program was revised; programmes were organized.",
    "The thematic areas – relief and recovery, and normative – were included.",
    "The unit was named HIV/AIDS phase 3, at grade P-4, with a ratio of 3:1 or 1/2.",
    "They called it “an 80% success by the UN last year” and went on.",
    "See https://example.org/2007-09-12/UN%20report and write to percent@example.org.",
    "1. Numbered by hand.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert lint(text) == []


def test_the_profile_decides_about_dashes() -> None:
    text = "The 2008–2009 plan – the second – covers 2005-2007."

    assert [offence.found for offence in lint(text, UN)] == ["2005-2007"]
    assert [offence.code for offence in lint(text, S2007)] == [
        *("range-dash", "aside-dash", "aside-dash")
    ]


def test_acronyms_and_names_are_given_by_the_caller() -> None:
    text = "By the ECA, the UN Women Programme and the Center for Peace."

    assert {offence.code for offence in lint(text)} == {"un-abbreviated"}
    assert lint(text, names=["UN Women"]) == []
    assert [offence.found for offence in lint(text, acronyms=["ECA"], names=["UN Women"])] == [
        "the ECA"
    ]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "See para. 43 and No. 5. The end."

    assert [text[start:end] for start, end in sentences(text)] == [
        *("See para. 43 and No. 5. ", "The end.")
    ]


@given(st.text(max_size=300), st.sampled_from([UN, S2007]))
def test_any_text_can_be_checked(text: str, profile: Profile) -> None:
    for offence in lint(text, profile):
        assert offence.found in text


@pytest.mark.parametrize(
    "piece", ["a", "9", "1,", "a@", "A. ", "(1", "1-", "x, and y ", "S/", "“", " ", "a and "]
)
def test_a_long_cell_does_not_stall_the_linter(piece: str) -> None:
    assert isinstance(lint(piece * 4_000), list)
