from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.models import User
from comity.accounts.rules import Reader, administers_everything, must
from comity.audit.actions import Installation, Trail, snapshot
from comity.directory.models import Organisation
from comity.lib.parts import in_parts
from comity.lib.versions import Stale
from comity.post.actions import forget_old, post_many
from comity.post.actions import send_again as post_again
from comity.post.models import Mail
from comity.programmes.models import Measure, Programme
from comity.programmes.rules import can_change_programme
from comity.reminders.changes import DECIDED
from comity.reminders.digests import digest, key_of
from comity.reminders.letters_to_contacts import key_of_contact, news_of, to_contact
from comity.reminders.models import (
    DailyRun,
    Habit,
    ProgrammeLadder,
    Said,
    SaidOfChange,
    SaidOfStep,
    SaidOfStepToContact,
    SaidToContact,
)
from comity.reminders.planning import Plan, plan
from comity.reminders.unsent import take_back_unsent
from comity.reporting.actions import let_report

#: People whose digests are written in one transaction.
BATCH = 500
#: A run that did not finish after so long was stopped, and is taken up again.
STOPPED = timedelta(hours=1)


def remind(
    *, day: date, programme: int | None = None, told: Callable[[], object] = lambda: None
) -> int:
    """Writes the digests of a day; how many. Safe to repeat, and after it was stopped anywhere.

    Each person's letter and the note of what it said are kept in one transaction. Calls `told`
    for each letter. Where it is not of one programme alone, letters of earlier days that were not
    sent are taken back first.
    """
    if programme is None:
        take_back_unsent(day)
    made = plan(day, programme)
    measures, people, bodies = made.measures(), made.people(), made.bodies()
    ids, written = [user for user in made.told if user in people], 0
    for some in in_parts(ids, BATCH):
        written += _write(made, [people[pk] for pk in some], measures)
        for _one in some:
            told()
    for addresses in in_parts(made.addresses, BATCH):
        written += _write_to_contacts(made, addresses, measures, bodies)
        for _address in addresses:
            told()
    return written


@transaction.atomic
def _write(made: Plan, people: list[User], measures: Mapping[int, Measure]) -> int:
    keys = {key_of(made.day, user.pk): user for user in people}
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [user for key, user in keys.items() if key not in known]
    post_many(digest(user, made, measures) for user in fresh)
    said = [
        Said(
            user=user,
            occurrence_id=line.occurrence,
            side=line.side,
            rung=line.rung,
            on=made.day,
        )
        for user in fresh
        for line in made.lines.get(user.pk, ())
    ]
    of_changes = [
        SaidOfChange(user=user, amendment=one.amendment, rung=one.rung, on=made.day)
        for user in fresh
        for one in made.changes.get(user.pk, ())
    ]
    of_changes += [
        SaidOfChange(user=user, amendment=one, rung=DECIDED, on=made.day)
        for user in fresh
        for one in made.decided.get(user.pk, ())
    ]
    of_steps = [
        SaidOfStep(user=user, step=one.step, on=made.day)
        for user in fresh
        for one in made.turns.get(user.pk, ())
    ]
    Said.objects.bulk_create(said, batch_size=BATCH, ignore_conflicts=True)
    SaidOfStep.objects.bulk_create(of_steps, batch_size=BATCH, ignore_conflicts=True)
    SaidOfChange.objects.bulk_create(of_changes, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def _write_to_contacts(
    made: Plan,
    emails: Sequence[str],
    measures: Mapping[int, Measure],
    bodies: Mapping[int, Organisation],
) -> int:
    """Letters to contacts of bodies without an account, with the links that stand in them."""
    keys = {key_of_contact(made.day, email): email for email in emails}
    known = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [email for key, email in keys.items() if key not in known]
    told = {email: news_of(made, email) for email in fresh}
    secrets = iter(
        let_report(
            asked=[(*one, email) for email, news in told.items() for one in news.asked],
            by=Installation(),
        )
    )
    post_many(
        to_contact(email, news, [next(secrets) for _one in news.asked], measures, bodies)
        for email, news in told.items()
    )
    said = [
        SaidToContact(
            email=email,
            occurrence_id=one.line.occurrence,
            side=one.line.side,
            rung=one.line.rung,
            on=made.day,
        )
        for email in fresh
        for one in made.contacts.get(email, ())
    ]
    of_steps = [
        SaidOfStepToContact(email=email, step=one.step, on=made.day)
        for email in fresh
        for one in made.came_back.get(email, ())
    ]
    SaidToContact.objects.bulk_create(said, batch_size=BATCH, ignore_conflicts=True)
    SaidOfStepToContact.objects.bulk_create(of_steps, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def run_day(day: date, told: Callable[[], object] = lambda: None) -> int:
    """The daily run: reminders, the note that they were written, and an end to old letters."""
    DailyRun.objects.get_or_create(day=day)
    letters = remind(day=day, told=told)
    run = DailyRun.objects.get(day=day)
    run.finished_at, run.letters = timezone.now(), run.letters + letters
    run.save(update_fields=["finished_at", "letters"])
    forget_old(timezone.now())
    return letters


def begin_daily_run(now: datetime) -> bool:
    """Asks for the run of today once its hour has come, if nobody did; whether it was asked for.

    Of several processes only one asks. A run that was stopped is asked for again.
    """
    from comity.reminders.tasks import remind_people  # noqa: PLC0415  # which imports this module

    local = timezone.localtime(now)
    if local.hour < settings.COMITY_REMIND_HOUR:
        return False
    with transaction.atomic():
        run, is_new = DailyRun.objects.get_or_create(day=local.date(), defaults={"started_at": now})
        if not is_new:
            stopped = DailyRun.objects.filter(
                pk=run.pk, finished_at=None, started_at__lte=now - STOPPED
            )
            if not stopped.update(started_at=now):
                return False
        remind_people.enqueue(local.date().isoformat())
    return True


@transaction.atomic
def change_ladder(
    *,
    programme: Programme,
    days: Mapping[str, Any],
    expected_version: int | None,
    by: Reader,
    nobody: bool = False,
) -> ProgrammeLadder:
    """Sets on which days a programme reminds whom, by field.

    That nobody is reminded has to be said with `nobody`. Raises Stale, or ValidationError.
    """
    must(
        can_change_programme(by, programme),
        _("Only coordinators of the programme, of a side or of its owner change its reminders."),
    )
    Programme.objects.select_for_update().get(pk=programme.pk)  # two first ladders in turn
    ladder = ProgrammeLadder.objects.filter(programme=programme).first()
    trail = Trail("reminders.switched_off" if nobody else "reminders.ladder_changed", by)
    if ladder is None:
        ladder = ProgrammeLadder(programme=programme, **days)
        _must_be_meant(ladder, nobody=nobody)
        ladder.full_clean()
        ladder.save()
        trail.created(ladder)
    else:
        if expected_version is None:
            raise Stale(ladder)
        before = snapshot(ladder)
        ladder.claim(expected_version)
        for name, text in days.items():
            setattr(ladder, name, text)
        _must_be_meant(ladder, nobody=nobody)
        ladder.full_clean(validate_unique=False)
        ladder.save()
        trail.changed(ladder, before)
    trail.record()
    return ladder


def _must_be_meant(ladder: ProgrammeLadder, *, nobody: bool) -> None:
    if ladder.is_silent and not nobody:
        raise ValidationError(
            _("No days are left, so nobody would be reminded. Write days, or say that it is meant.")
        )
    if nobody and not ladder.is_silent:
        raise ValidationError(
            _("Days are written although nobody is to be reminded. Take out the one or the other.")
        )


@transaction.atomic
def choose_pace(*, user: User, pace: str) -> Habit:
    """How often a person is written to."""
    habit = Habit.objects.filter(user=user).first()
    trail = Trail("reminders.pace_chosen", user)
    if habit is None:
        habit = Habit.objects.create(user=user, pace=pace)
        trail.created(habit)
    else:
        before = snapshot(habit)
        habit.pace = pace
        habit.save(update_fields=["pace"])
        trail.changed(habit, before)
    trail.record()
    return habit


def send_again(*, mail: Mail, by: Reader) -> None:
    """Puts a letter that did not arrive into the queue again; ValidationError if it cannot be."""
    must(administers_everything(by), _("Only an administrator of the whole register sends again."))
    if not post_again(mail=mail, by=by):
        raise ValidationError(_("This letter cannot be sent again; what it said is not kept."))
