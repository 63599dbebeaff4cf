"""Actions pass through their states one way, and files handed over carry exactly what was approved."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterdeck.act.hand_offs import EDITOR_COLUMNS, escape_cell, render_ads_editor, render_bookings, render_mail_merge, render_posts
from quarterdeck.act.states import MOVES, STATES, can_move, require_move
from quarterdeck.act.tracking_links import tag_link
from quarterdeck.kernel.problems import Refused
from quarterdeck.plan.quarter_plan import BudgetLine
from quarterdeck.strategy.document import Strategy


def shop(**more) -> Strategy:
    return Strategy.model_validate(
        {
            "company": {"name": "Shop", "currency": "GBP", "timezone": "Europe/London", "website": "https://shop.example"},
            "goals": [{"id": "grow", "statement": "Grow", "metric": "revenue", "target": 10, "due_on": "2027-12-31"}],
            "objectives": [{"id": "more", "goal": "grow", "statement": "More", "metric": "new_customers", "target": 10, "due_on": "2027-04-04"}],
            "audiences": [{"id": "gardeners", "rank": "primary", "who": "People with a garden"}],
            "channels": [
                {"id": "search", "kind": "search_ads", "ownership": "paid"},
                {"id": "email", "kind": "email", "ownership": "owned"},
                {"id": "facebook", "kind": "social", "ownership": "owned"},
                {"id": "print", "kind": "print", "ownership": "paid"},
            ],
            "campaigns": [
                {
                    "id": "spring",
                    "name": "Spring",
                    "objective": "more",
                    "channels": ["search"],
                    "starts_on": "2027-02-03",
                    "ends_on": "2027-03-28",
                    "keywords": ["garden paint", "=cmd"],
                    "landing_page": "https://shop.example/spring?x=1",
                }
            ],
            **more,
        }
    )


def item(id_, channel, text="Hello", title="A title"):
    return {
        "id": id_,
        "title": title,
        "campaign": "spring",
        "audience": "gardeners",
        "channel": channel,
        "format": "post",
        "text": text,
        "deliver": {"on": "2027-02-11", "at": "09:30"},
    }


def rows_of(hand_off):
    return list(csv.DictReader(io.StringIO(hand_off.content.decode("utf-8-sig"))))


def test_every_state_has_words_and_moves():
    assert set(STATES) == set(MOVES)
    assert all(after in STATES for moves in MOVES.values() for after in moves)


def test_what_is_done_stays_done_and_unknown_is_never_tried_again():
    assert not any(can_move("done", after) for after in STATES)
    assert not can_move("unknown", "claimed") and not can_move("unknown", "approved")


def test_nothing_is_claimed_without_approval():
    assert [before for before in STATES if can_move(before, "claimed")] == ["approved"]


def test_a_move_that_is_not_allowed_says_what_is():
    with pytest.raises(Refused, match=r"was done once.*cannot become approved") as refusal:
        require_move("done", "approved", title="Spring mail")
    assert "Nothing was changed." in str(refusal.value)


def test_the_ads_sheet_never_spends_more_in_a_week_than_was_approved():
    lines = [
        BudgetLine(channel="search", campaign="spring", week=date(2027, 2, 8), amount=Decimal("100")),
        BudgetLine(channel="search", campaign="spring", week=date(2027, 2, 1), amount=Decimal("100")),
        BudgetLine(channel="search", campaign=None, week=date(2027, 2, 8), amount=Decimal("33")),
        BudgetLine(channel="print", campaign=None, week=date(2027, 2, 8), amount=Decimal("500")),
    ]

    sheet = render_ads_editor(lines, shop())

    assert sheet is not None
    rows = [row for row in rows_of(sheet) if row["Campaign Daily Budget"]]
    assert tuple(rows[0]) == EDITOR_COLUMNS
    for row, line in zip(rows, lines, strict=False):
        days = (date.fromisoformat(row["End Date"]) - date.fromisoformat(row["Start Date"])).days + 1
        assert Decimal(row["Campaign Daily Budget"]) * days <= line.amount
        assert Decimal(row["Campaign Daily Budget"]) * days > line.amount - Decimal("0.07")
    assert rows[1]["Start Date"] == "2027-02-03", "a campaign that starts on Wednesday is not paid for on Monday"
    assert len(rows) == 3, "print is no ads account"
    assert sheet.keys == tuple(f"budget/{line.key}" for line in lines[:3])


def test_money_that_no_ads_sheet_carries_is_listed_to_be_booked():
    lines = [
        BudgetLine(channel="search", campaign="spring", week=date(2027, 2, 8), amount=Decimal("100")),
        BudgetLine(channel="print", campaign=None, week=date(2027, 2, 8), amount=Decimal("500")),
    ]

    bookings = render_bookings(lines, shop())

    [row] = rows_of(bookings)
    assert (row["Channel"], row["Week from"], row["At most"], row["Currency"]) == ("print", "2027-02-08", "500", "GBP")
    assert bookings.keys == ("budget/print/always-on/2027-02-08",)
    assert render_bookings(lines[:1], shop()) is None


def test_a_keyword_that_looks_like_a_formula_is_made_harmless():
    sheet = render_ads_editor([BudgetLine(channel="search", campaign="spring", week=date(2027, 2, 8), amount=Decimal(70))], shop())

    assert [row["Keyword"] for row in rows_of(sheet) if row["Keyword"]] == ["garden paint", "'=cmd"]


@given(st.text(min_size=1))
def test_no_cell_ever_starts_a_formula(text):
    assert not escape_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_ads_line_means_no_sheet_and_no_item_means_no_file():
    assert render_ads_editor([], shop()) is None
    assert render_mail_merge([], shop()) is None
    assert render_posts([], shop()) is None


def test_mails_and_posts_go_to_their_own_file_with_a_tagged_link():
    strategy = shop(content={"items": [item("seed-mail", "email"), item("seed-post", "facebook", title="Zwiebeln & Öl")]})

    mails, posts = render_mail_merge(strategy.content.items, strategy), render_posts(strategy.content.items, strategy)

    [row] = rows_of(mails)
    assert (row["Item"], row["Date"], row["Time"], row["Time zone"]) == ("seed-mail", "2027-02-11", "09:30", "Europe/London")
    assert "utm_source=email&utm_medium=email&utm_campaign=spring&utm_content=seed-mail" in row["Link"]
    assert "Zwiebeln & Öl" in posts.content.decode() and "seed-mail" not in posts.content.decode()
    assert "utm_medium=social" in posts.content.decode()


def test_a_tagged_link_keeps_what_is_there():
    link = tag_link("https://shop.example/spring?gclid=A1&utm_source=Mine#top", source="google", channel_kind="search_ads", campaign="Spring Sale")

    assert link == "https://shop.example/spring?gclid=A1&utm_source=Mine&utm_medium=cpc&utm_campaign=spring-sale#top"


def test_half_an_address_comes_back_as_it_is():
    assert tag_link("https://[shop", source="letter", channel_kind="email", campaign=None) == "https://[shop"
