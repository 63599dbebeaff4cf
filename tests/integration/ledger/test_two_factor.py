"""The second step: a code of an authenticator app, once; a recovery code, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sign_in_steps import HOME, NOW, PASSWORD, app_code, later, make_person, quick_hashes, turn_on

from quarterdeck.kernel.problems import InvalidInput, Refused
from quarterdeck.ledger.models import Account, AuditEntry, Authenticator, RecoveryCode
from quarterdeck.operations.accounts.manage_accounts import drop_two_factor, renew_password
from quarterdeck.operations.accounts.own_account import look_at_account
from quarterdeck.operations.accounts.sign_in import CodeDue, SignedIn, enter_code, sign_in
from quarterdeck.operations.accounts.two_factor import (
    begin_two_factor,
    cancel_enrolment,
    confirm_two_factor,
    end_two_factor,
    renew_recovery_codes,
    waiting_enrolment,
)
from quarterdeck.operations.site import Site


@pytest.fixture(autouse=True)
def _quick(ledger_site: Site) -> Iterator[None]:
    with quick_hashes():
        yield


@pytest.fixture
def olena(ledger_site: Site) -> Account:
    return make_person("Olena")


def password_step(site: Site, at=NOW) -> CodeDue:
    due = sign_in(site, "Olena", PASSWORD, address=HOME, now=at)
    assert isinstance(due, CodeDue)
    return due


def code_refused(site: Site, due: CodeDue, code: str, at=NOW) -> str:
    with pytest.raises(Refused) as refused:
        enter_code(site, due, code, address=HOME, now=at)
    return refused.value.code


def test_an_app_is_set_up_with_a_secret_that_the_ledger_cannot_read(ledger_site: Site, olena: Account) -> None:
    begin_two_factor(ledger_site, olena.pk, now=NOW)
    enrolment = waiting_enrolment(ledger_site, olena.pk)

    assert enrolment is not None
    assert enrolment.address.startswith("otpauth://totp/Quarterdeck:Olena?secret=")
    assert len(enrolment.secret) == 32
    assert enrolment.secret.encode() not in bytes(Authenticator.objects.get().secret)
    assert isinstance(sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=NOW), SignedIn)  # not confirmed: it does not count yet


def test_a_code_confirms_it_and_gives_ten_recovery_codes(ledger_site: Site, olena: Account) -> None:
    codes = turn_on(ledger_site, olena)

    assert len(codes) == 10
    assert not set(codes) & set(RecoveryCode.objects.values_list("hash", flat=True))
    assert look_at_account(olena.pk).two_factor_since == NOW
    assert look_at_account(olena.pk).recovery_codes_left == 10
    assert waiting_enrolment(ledger_site, olena.pk) is None
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["two_factor_on"]


def test_a_wrong_code_confirms_nothing(ledger_site: Site, olena: Account) -> None:
    begin_two_factor(ledger_site, olena.pk, now=NOW)

    for wrong in ("000000", "", "abc", app_code(ledger_site, olena, later(minutes=5))):
        with pytest.raises(InvalidInput):
            confirm_two_factor(ledger_site, olena.pk, wrong, now=NOW)
    assert look_at_account(olena.pk).two_factor_since is None


def test_setting_up_can_be_begun_again_and_left_but_not_while_it_is_on(ledger_site: Site, olena: Account) -> None:
    begin_two_factor(ledger_site, olena.pk, now=NOW)
    first = waiting_enrolment(ledger_site, olena.pk)
    begin_two_factor(ledger_site, olena.pk, now=NOW)
    assert waiting_enrolment(ledger_site, olena.pk) != first

    cancel_enrolment(olena.pk)
    assert waiting_enrolment(ledger_site, olena.pk) is None
    with pytest.raises(Refused, match="no authenticator app to confirm"):
        confirm_two_factor(ledger_site, olena.pk, "123456", now=NOW)

    turn_on(ledger_site, olena)
    cancel_enrolment(olena.pk)
    with pytest.raises(Refused, match="already"):
        begin_two_factor(ledger_site, olena.pk, now=NOW)
    assert look_at_account(olena.pk).two_factor_since is not None


def test_the_password_alone_no_longer_lets_in(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    due = password_step(ledger_site, later(minutes=1))

    assert code_refused(ledger_site, due, "000000", later(minutes=1)) == "ACCOUNT-023"
    signed_in = enter_code(ledger_site, due, app_code(ledger_site, olena, later(minutes=1)), address=HOME, now=later(minutes=1))
    assert signed_in == SignedIn(olena)


@pytest.mark.parametrize(("seconds", "counts"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_off(ledger_site: Site, olena: Account, seconds: int, counts: bool) -> None:
    turn_on(ledger_site, olena)
    at = later(minutes=10)
    due, code = password_step(ledger_site, at), app_code(ledger_site, olena, later(minutes=10, seconds=seconds))

    if counts:
        assert isinstance(enter_code(ledger_site, due, f" {code[:3]} {code[3:]} ", address=HOME, now=at), SignedIn)
    else:
        assert code_refused(ledger_site, due, code, at) == "ACCOUNT-023"


def test_a_code_counts_once_and_none_before_it_counts_after_it(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    at = later(minutes=10)
    due, code, before = password_step(ledger_site, at), app_code(ledger_site, olena, at), app_code(ledger_site, olena, later(minutes=9.5))

    enter_code(ledger_site, due, code, address=HOME, now=at)

    assert code_refused(ledger_site, due, code, at) == "ACCOUNT-023"
    assert code_refused(ledger_site, due, before, at) == "ACCOUNT-023"


def test_the_code_that_confirmed_the_app_does_not_let_in_as_well(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)

    assert code_refused(ledger_site, password_step(ledger_site), app_code(ledger_site, olena)) == "ACCOUNT-023"


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_many_who_come_with_one_code_at_once_one_gets_in(ledger_site: Site, olena: Account, in_threads, kind: str) -> None:
    codes = turn_on(ledger_site, olena)
    at = later(minutes=10)
    due, code = password_step(ledger_site, at), app_code(ledger_site, olena, at) if kind == "app" else codes[0]

    results = in_threads([lambda: enter_code(ledger_site, due, code, address=HOME, now=at)] * 5)

    assert sum(isinstance(result, SignedIn) for result in results) == 1
    assert {result.code for result in results if not isinstance(result, SignedIn)} <= {"ACCOUNT-021", "ACCOUNT-023"}


def test_a_recovery_code_counts_once_however_it_is_typed(ledger_site: Site, olena: Account) -> None:
    codes = turn_on(ledger_site, olena)
    due = password_step(ledger_site)

    assert isinstance(enter_code(ledger_site, due, codes[3].upper().replace("-", " "), address=HOME, now=NOW), SignedIn)
    assert code_refused(ledger_site, due, codes[3]) == "ACCOUNT-023"
    assert look_at_account(olena.pk).recovery_codes_left == 9
    assert AuditEntry.objects.filter(verb="use_recovery_code", what="9 left").count() == 1


def test_a_recovery_code_is_of_one_person(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    others = turn_on(ledger_site, make_person("Sam"))

    assert code_refused(ledger_site, password_step(ledger_site), others[0]) == "ACCOUNT-023"


def test_wrong_codes_are_counted_with_wrong_passwords_and_the_password_step_forgives_none(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    at = later(minutes=1)
    with pytest.raises(Refused, match="do not belong"):
        sign_in(ledger_site, "Olena", "wrong", address=HOME, now=at)
    for _ in range(4):
        assert code_refused(ledger_site, password_step(ledger_site, at), "000000", at) == "ACCOUNT-023"

    with pytest.raises(Refused, match="Wait 15 minutes"):
        sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=at)


def test_many_codes_at_once_do_not_slip_through(ledger_site: Site, olena: Account, in_threads) -> None:
    turn_on(ledger_site, olena)
    at = later(minutes=1)
    due = password_step(ledger_site, at)
    right = app_code(ledger_site, olena, at)
    wrong = [f"{n:06d}" for n in range(100, 150) if f"{n:06d}" != right]

    results = in_threads([lambda code=code: enter_code(ledger_site, due, code, address=HOME, now=at) for code in wrong])

    assert [result.code for result in results].count("ACCOUNT-023") == 5


def test_the_password_step_holds_for_ten_minutes_and_for_that_password(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    due = password_step(ledger_site)

    assert code_refused(ledger_site, due, app_code(ledger_site, olena, later(minutes=10)), later(minutes=10)) == "ACCOUNT-022"
    renew_password(ledger_site, "Olena", by="root", now=NOW)
    assert code_refused(ledger_site, due, app_code(ledger_site, olena, later(minutes=1)), later(minutes=1)) == "ACCOUNT-022"


def test_it_is_switched_off_with_password_and_code(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)
    at = later(minutes=1)
    code = app_code(ledger_site, olena, at)

    for password, typed, where in [("wrong", code, "password"), (PASSWORD, "000000", "code")]:
        with pytest.raises(InvalidInput) as refused:
            end_two_factor(ledger_site, olena.pk, password, typed, address=HOME, now=at)
        assert [problem.where for problem in refused.value.problems] == [where]
    end_two_factor(ledger_site, olena.pk, PASSWORD, code, address=HOME, now=at)

    assert isinstance(sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=at), SignedIn)
    assert RecoveryCode.objects.count() == 0
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == ["two_factor_on", "two_factor_off"]
    with pytest.raises(Refused, match="is off"):
        end_two_factor(ledger_site, olena.pk, PASSWORD, code, address=HOME, now=at)


def test_new_recovery_codes_take_the_place_of_the_old(ledger_site: Site, olena: Account) -> None:
    old = turn_on(ledger_site, olena)
    at = later(minutes=1)

    new = renew_recovery_codes(ledger_site, olena.pk, app_code(ledger_site, olena, at), address=HOME, now=at)

    due = password_step(ledger_site, at)
    assert code_refused(ledger_site, due, old[0], at) == "ACCOUNT-023"
    assert isinstance(enter_code(ledger_site, due, new[0], address=HOME, now=at), SignedIn)
    with pytest.raises(InvalidInput):
        renew_recovery_codes(ledger_site, olena.pk, "000000", address=HOME, now=at)


def test_whoever_runs_the_site_switches_it_off_for_somebody_who_lost_everything(ledger_site: Site, olena: Account) -> None:
    turn_on(ledger_site, olena)

    assert drop_two_factor("olena", by="root", now=NOW).facts == {"person": "Olena", "was_on": True}
    assert drop_two_factor("olena", by="root", now=NOW).facts == {"person": "Olena", "was_on": False}
    assert isinstance(sign_in(ledger_site, "Olena", PASSWORD, address=HOME, now=NOW), SignedIn)


def test_a_secret_sealed_with_another_key_is_said_so_and_a_recovery_code_still_works(ledger_site: Site, olena: Account) -> None:
    from dataclasses import replace

    codes = turn_on(ledger_site, olena)
    due = password_step(ledger_site)
    Authenticator.objects.update(secret=b"not a token")

    assert code_refused(ledger_site, due, "123456") == "ACCOUNT-031"
    assert isinstance(enter_code(ledger_site, due, codes[0], address=HOME, now=NOW), SignedIn)
    assert code_refused(replace(ledger_site, key=b"x" * 32), due, codes[1]) == "ACCOUNT-023"
