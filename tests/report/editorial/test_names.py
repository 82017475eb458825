"""Names of entities and countries, with the lists that S/2007/567 prints."""

import pytest

from wps_xl.report.editorial.names import (
    Name,
    country_list,
    entity_list,
    mention,
    order,
    respondents,
)

DPA = Name("DPA", "Department of Political Affairs")
DPKO = Name("DPKO", "Department of Peacekeeping Operations")
ODA = Name("ODA", "Office for Disarmament Affairs")
ICTR = Name("ICTR", "International Criminal Tribunal for Rwanda")
ECA = Name("ECA", "Economic Commission for Africa", "ECA")
FAO = Name("FAO", "Food and Agriculture Organization of the United Nations", "FAO")
UNEP = Name("UNEP", "United Nations Environment Programme", "UNEP")
UNESCO = Name(
    "UNESCO", "United Nations Educational, Scientific and Cultural Organization", "UNESCO"
)
UNFPA = Name("UNFPA", "United Nations Population Fund", "UNFPA")
UNHCR = Name("UNHCR", "Office of the United Nations High Commissioner for Refugees", "UNHCR")
HABITAT = Name("UN-HABITAT", "United Nations Human Settlements Programme", "UN-Habitat")
WFP = Name("WFP", "World Food Programme", "WFP")
WORLD_BANK = Name("WB", "World Bank")
GROUP = Name("IAWG", "Inter-Agency Working Group on Reintegration", kind="body")


def test_the_first_mention_is_full_with_the_acronym_and_later_ones_are_the_acronym() -> None:
    assert mention(ECA, seen=set()) == "the Economic Commission for Africa (ECA)"
    assert mention(ECA, seen={"ECA"}) == "ECA"
    assert mention(ECA) == "ECA"


def test_an_acronym_that_is_not_used_again_is_not_introduced() -> None:
    assert mention(ECA, seen=set(), again=False) == "the Economic Commission for Africa"


def test_a_body_without_a_printed_acronym_is_always_full() -> None:
    assert mention(DPA, seen={"DPA"}) == "the Department of Political Affairs"


def test_a_name_without_article_has_none() -> None:
    assert mention(Name("WHO", "World Health", article=False), seen=set()) == "World Health"


def test_the_order_is_that_of_the_acronyms_printed_or_not() -> None:
    names = [WFP, UNHCR, HABITAT, WORLD_BANK, UNFPA, ODA, ICTR, FAO, ECA, DPKO, DPA]

    codes = [name.code for name in order(names)]

    assert codes == [
        *("DPA", "DPKO", "ECA", "FAO", "ICTR", "ODA", "UNFPA", "UN-HABITAT", "UNHCR", "WB", "WFP")
    ]


def test_bodies_come_last() -> None:
    assert order([GROUP, WORLD_BANK])[-1] == GROUP


def test_the_note_of_the_seed_comes_out_as_printed() -> None:
    names = [UNEP, WFP, ODA, DPKO, DPA]

    assert entity_list(names) == (
        "the Department of Political Affairs, the Department of Peacekeeping Operations, "
        "the Office for Disarmament Affairs, UNEP and WFP"
    )


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ([FAO, ICTR], "FAO and the International Criminal Tribunal for Rwanda"),
        ([ICTR, UNEP], "The International Criminal Tribunal for Rwanda and UNEP"),
    ],
)
def test_a_list_that_opens_a_sentence_has_a_capital_letter(names: list[Name], printed: str) -> None:
    assert entity_list(names, start=True) == printed


def test_a_list_introduces_those_not_yet_seen() -> None:
    text = entity_list([ECA, FAO], seen={"FAO"})

    assert text == "the Economic Commission for Africa (ECA) and FAO"


def test_an_item_with_a_comma_puts_semicolons_between_all() -> None:
    text = entity_list([DPA, UNESCO, WFP], seen={"WFP"})

    assert text == (
        "the Department of Political Affairs; the United Nations Educational, Scientific and "
        "Cultural Organization (UNESCO); and WFP"
    )


def test_the_respondents_are_listed_without_articles_and_with_semicolons() -> None:
    assert respondents([WFP, ECA, DPA]) == (
        "Department of Political Affairs; Economic Commission for Africa (ECA); "
        "and World Food Programme (WFP)"
    )
    assert respondents([WFP]) == "World Food Programme (WFP)"


def test_countries_are_sorted_without_article_and_accents() -> None:
    names = [
        *(("Sudan", True), ("Uganda", False), ("Afghanistan", False), ("Sri Lanka", False)),
        *(("Côte d’Ivoire", False), ("Chad", False), ("Democratic Republic of the Congo", True)),
    ]

    assert country_list(names) == (
        "Afghanistan, Chad, Côte d’Ivoire, the Democratic Republic of the Congo, Sri Lanka, "
        "the Sudan and Uganda"
    )


def test_an_accent_does_not_move_a_country() -> None:
    assert country_list([("Östland", False), ("Palau", False)]) == "Östland and Palau"
