"""People who may sign in: made, found, and their passwords, of which only a hash is kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth import password_validation as rules
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quarterdeck.kernel.problems import InvalidInput, Problem, Refused
from quarterdeck.ledger.models import Account, Member
from quarterdeck.ledger.models.appended import NAME_LENGTH

LEAST_LENGTH, MOST_LENGTH = 12, 1000
_RULES = (
    rules.MinimumLengthValidator(LEAST_LENGTH),
    rules.CommonPasswordValidator(),
    rules.NumericPasswordValidator(),
    rules.UserAttributeSimilarityValidator(user_attributes=("person",)),
)
_BROKEN_RULES = {
    "password_too_short": ("ACCOUNT-011", "{length} characters", "at least 12 characters", "Four or five words in a row make a long one."),
    "password_too_common": ("ACCOUNT-012", "one that many people use", "one that nobody else uses", "Choose words that do not belong together."),
    "password_too_similar": ("ACCOUNT-013", "one that is like the name", "one that cannot be guessed from the name", "Leave the name out of it."),
    "password_entirely_numeric": ("ACCOUNT-015", "digits alone", "letters too", "Put words into it."),
}


def fold_name(name: str) -> str:
    """The name as it is compared: `olena  KOVAL ` is Olena Koval."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def add_account(person: str, password_hash: str, *, now: datetime) -> Account:
    """The new account. Raises InvalidInput for a name that is none, Refused when somebody has it already, in whatever letters."""
    name = unicodedata.normalize("NFC", " ".join(person.split()))
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise InvalidInput(
            [Problem("ACCOUNT-010", "name", repr(person[:60]), f"a name of 1 to {NAME_LENGTH} letters", "Write the person's name.")],
            state="No account was made.",
        )
    taken = Refused(f"There is an account for {name} already.", fix="Use it, or choose a name that tells the two apart.", code="ACCOUNT-001")
    if named(name) is not None:
        raise taken
    try:
        with transaction.atomic():
            return Account.objects.create(person=name, password=password_hash, made_at=now)
    except IntegrityError as error:
        raise taken from error


def named(typed: str) -> Account | None:
    """Whose name was typed, whether in capitals or not. What was typed does not reach the database: it may be a password in the wrong field."""
    wanted = fold_name(typed)
    for key, person in Account.objects.values_list("pk", "person"):
        if fold_name(person) == wanted:
            return Account.objects.filter(pk=key).first()
    return None


def members_named(typed: str) -> tuple[Member, ...]:
    """The memberships of that name in all companies, whether it was typed in capitals or not."""
    wanted = fold_name(typed)
    keys = [key for key, person in Member.objects.order_by("pk").values_list("pk", "person") if fold_name(person) == wanted]
    return tuple(Member.objects.filter(pk__in=keys).select_related("workspace").order_by("pk"))


def find_account(person: str) -> Account:
    """The account of that name. Raises Refused, naming those there are."""
    found = named(person)
    if found is None:
        names = ", ".join(Account.objects.order_by("person").values_list("person", flat=True)) or "none yet"
        raise Refused(f"There is no account for {person}.", fix=f"Name one of: {names}.", code="ACCOUNT-002")
    return found


def active_account(account_id: int) -> Account | None:
    """The account, or None when it is gone or may not sign in."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


def all_accounts() -> tuple[Account, ...]:
    """Everybody, by name."""
    return tuple(Account.objects.order_by("person"))


def hash_password(password: str) -> str:
    """What is kept of a password. It takes a tenth of a second: do it before a transaction, not in it."""
    return make_password(password)


def password_fits(account: Account | None, password: str) -> bool:
    """Whether it is this account's password. A name that nobody has takes as long to refuse as a wrong password."""
    if account is None or not account.is_active or len(password) > MOST_LENGTH:
        make_password(password[:MOST_LENGTH])
        return False
    return account.check_password(password)


def replace_password(account: Account, password_hash: str) -> bool:
    """Whether this call changed it: False when it was changed since `account` was read. Every session of that person ends."""
    changed = Account.objects.filter(pk=account.pk, password=account.password).update(password=password_hash)
    if changed:
        account.password = password_hash
    return changed == 1


def session_mark(account: Account) -> str:
    """What a session carries beside the account; another password gives another mark, which ends the sessions made under the old one."""
    return account.get_session_auth_hash()


def password_problems(password: str, person: str, *, where: str) -> Sequence[Problem]:
    """Everything that is wrong with a password that a person chose; nothing of it is in the text."""
    if len(password) > MOST_LENGTH:
        return [Problem("ACCOUNT-014", where, f"{len(password)} characters", f"at most {MOST_LENGTH}", "Choose a shorter one.")]
    try:
        rules.validate_password(password, Account(person=person), password_validators=_RULES)
    except ValidationError as error:
        return [_broken(str(each.code), where, len(password)) for each in error.error_list]
    return []


def keep_theme(account_id: int, theme: str) -> None:
    """Nothing; the cockpit has these colours for this person. Raises ValueError for others."""
    Account.objects.filter(pk=account_id).update(theme=Account.Theme(theme))


def _broken(code: str, where: str, length: int) -> Problem:
    stable, found, expected, fix = _BROKEN_RULES[code]
    return Problem(stable, where, found.format(length=length), expected, fix)
