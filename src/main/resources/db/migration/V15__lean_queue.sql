-- A delivery is a row of delivery_work until it is over, and a row of delivery_ledger from then on. The
-- view delivery shows both.
--
-- delivery_work is narrow and small. No index holds what a worker changes when it takes a delivery, so
-- PostgreSQL updates the row in its page (HOT). delivery_ledger gets a row once. It has a partition for
-- each week, and retention drops whole partitions.
alter table failed_attempt drop constraint failed_attempt_delivery_id_fkey;
alter table replay drop constraint replay_delivery_id_fkey;
alter table delivery rename to delivery_before;

create sequence delivery_number as bigint;
select setval('delivery_number', nextval(pg_get_serial_sequence('delivery_before', 'id')), false);

create table delivery_work (
  id               bigint      primary key default nextval('delivery_number'),
  source           text        not null, -- with event_id the event, which has no foreign key here:
  event_id         text        not null, -- fan-out writes both in one transaction
  destination      text        not null,
  record           text        not null, -- deliveries of one record to one destination keep their order
  match_key        text,                 -- and so do those the destination itself takes for one record
  bytes            int         not null, -- of the event's value and headers
  late             boolean     not null default false, -- returned to the queue behind later ones
  held             boolean     not null default false, -- awaits an operator's approval
  created_at       timestamptz not null default now(),
  due_at           timestamptz not null default now(),
  leased_until     timestamptz,          -- null where no pod has taken it
  attempts         int         not null default 0,
  first_attempt_at timestamptz,
  last_attempt_at  timestamptz,
  budget_from      timestamptz,          -- since when attempts count towards the retry budget
  approved_at      timestamptz,
  status           int,                  -- this and what follows: of the last attempt that failed
  reason           text,
  answer           text,
  vendor_id        text,
  wrote            text                  -- the state the destination has, where the event does not say it
) with (fillfactor = 50);

create table delivery_ledger (
  id               bigint      not null,
  source           text        not null,
  event_id         text        not null,
  destination      text        not null,
  record           text        not null,
  match_key        text,
  state            text        not null check (state in ('delivered', 'skipped', 'dead')),
  late             boolean     not null,
  created_at       timestamptz not null,
  attempts         int         not null,
  first_attempt_at timestamptz,
  last_attempt_at  timestamptz,
  finished_at      timestamptz not null default now(),
  approved_at      timestamptz,
  status           int,
  reason           text,
  answer           text,
  vendor_id        text,
  wrote            text,
  primary key (id, finished_at)
) partition by range (finished_at);
create table delivery_ledger_default partition of delivery_ledger default;

-- Creates the partitions of this many weeks, from the week of a time on. A week whose rows are in the
-- default partition already keeps them there.
create function create_delivery_ledger_weeks(first_week timestamptz, weeks int) returns void
language plpgsql as $$
declare
  monday timestamp := date_trunc('week', first_week at time zone 'UTC');
begin
  for i in 1..weeks loop
    begin
      execute format(
        'create table if not exists delivery_ledger_%s partition of delivery_ledger '
          || 'for values from (%L) to (%L)',
        to_char(monday, 'YYYYMMDD'),
        to_char(monday, 'YYYY-MM-DD') || ' 00:00:00+00',
        to_char(monday + interval '7 d', 'YYYY-MM-DD') || ' 00:00:00+00');
    exception when check_violation then null;
    end;
    monday := monday + interval '7 d';
  end loop;
end $$;

-- half a year of the past; what is older goes to the default partition
select create_delivery_ledger_weeks(
  greatest(coalesce(min(finished_at), now()), now() - interval '26 weeks'),
  (extract(epoch from now() - greatest(coalesce(min(finished_at), now()), now() - interval '26 weeks'))
    / 604800)::int + 6)
from delivery_before;

insert into delivery_work (id, source, event_id, destination, record, match_key, bytes, late, held,
  created_at, due_at, leased_until, attempts, first_attempt_at, last_attempt_at, budget_from,
  approved_at, status, reason, answer, vendor_id, wrote)
select d.id, d.source, d.event_id, d.destination, d.record, d.match_key,
  octet_length(e.value) + octet_length(e.headers), d.late, d.state = 'held', d.created_at,
  case when d.state = 'running' then coalesce(d.last_attempt_at, d.created_at) else d.due_at end,
  case when d.state = 'running' then d.due_at end,
  d.attempts, d.first_attempt_at, d.last_attempt_at, d.budget_from, d.approved_at, d.status, d.reason,
  d.answer, d.vendor_id, d.wrote
from delivery_before d join event e on e.source = d.source and e.id = d.event_id
where d.state in ('pending', 'running', 'held')
order by d.id;

insert into delivery_ledger (id, source, event_id, destination, record, match_key, state, late,
  created_at, attempts, first_attempt_at, last_attempt_at, finished_at, approved_at, status, reason,
  answer, vendor_id, wrote)
select id, source, event_id, destination, record, match_key, state, late, created_at, attempts,
  first_attempt_at, last_attempt_at, coalesce(finished_at, last_attempt_at, created_at), approved_at,
  status, reason, answer, vendor_id, wrote
from delivery_before where state in ('delivered', 'skipped', 'dead')
order by id;

drop table delivery_before;

-- A lease that was live at the start has not ended because the migration took long.
update delivery_work set leased_until = greatest(leased_until, clock_timestamp() + interval '30 s')
where leased_until > now();

-- What is due, in the order in which it is taken. With id itself as a column of this index and the
-- next two, PostgreSQL might read all of them to find a row by its id; with destination itself, all of
-- this one to find the first of a record.
create index delivery_work_due on delivery_work ((destination || ''), late, due_at, (id + 0))
  where not held;
-- The first of a record, which alone is taken.
create index delivery_work_order on delivery_work (record, destination, (id + 0));
create index delivery_work_match on delivery_work (match_key, destination, (id + 0))
  where match_key is not null;
-- The history of an event.
create index delivery_work_event on delivery_work (event_id);
-- Held ones, by destination.
create index delivery_work_held on delivery_work (destination, id) where held;
-- What a pod has just sent, for echoes. A summary of pages does not prevent HOT (PostgreSQL 16).
create index delivery_work_attempted on delivery_work using brin (last_attempt_at)
  with (pages_per_range = 8, autosummarize = on);

-- The history of an event, and whether an event repeated has a delivery.
create index delivery_ledger_event on delivery_ledger (event_id);
-- What was sent of a record: echoes, and later events that supersede a replayed one.
create index delivery_ledger_record on delivery_ledger (record, destination);
-- What operators look for and what is rare.
create index delivery_ledger_left on delivery_ledger (state, id) where state in ('skipped', 'dead');
create index delivery_ledger_left_of on delivery_ledger (destination, state, id)
  where state in ('skipped', 'dead');

-- over: whether the row is in the ledger; a constant of each part, so that PostgreSQL reads one of them
create view delivery as
select id, source, event_id, destination, record, match_key, false as over,
  case when held then 'held' when leased_until is null then 'pending' else 'running' end as state,
  attempts, coalesce(leased_until, due_at) as due_at, status, answer, vendor_id, reason, created_at,
  first_attempt_at, last_attempt_at, null::timestamptz as finished_at, late, approved_at, wrote,
  budget_from
from delivery_work
union all
select id, source, event_id, destination, record, match_key, true as over, state, attempts,
  finished_at as due_at, status, answer, vendor_id, reason, created_at, first_attempt_at,
  last_attempt_at, finished_at, late, approved_at, wrote, null::timestamptz as budget_from
from delivery_ledger;

-- Pods of the previous version are at work during a rolling update. They may record the results of the
-- deliveries that they have taken, extend their leases and return them. They cannot take or add others.
create function update_taken_delivery() returns trigger language plpgsql as $$
begin
  if old.state <> 'running' or new.attempts > old.attempts then
    raise exception 'delivery is a view: the database belongs to a newer version of the relay'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  if new.state in ('delivered', 'skipped', 'dead') then
    delete from delivery_work
    where id = old.id and attempts = old.attempts and leased_until is not null;
    if not found then
      return null;
    end if;
    insert into delivery_ledger (id, source, event_id, destination, record, match_key, state, late,
      created_at, attempts, first_attempt_at, last_attempt_at, finished_at, approved_at, status,
      reason, answer, vendor_id, wrote)
    values (new.id, new.source, new.event_id, new.destination, new.record, new.match_key, new.state,
      new.late, new.created_at, new.attempts, new.first_attempt_at, new.last_attempt_at,
      coalesce(new.finished_at, now()), new.approved_at, new.status, new.reason, new.answer,
      new.vendor_id, new.wrote);
  else
    update delivery_work
    set held = new.state = 'held', attempts = new.attempts,
      leased_until = case when new.state = 'running' then new.due_at end,
      due_at = case when new.state = 'running' then due_at else new.due_at end,
      status = new.status, reason = new.reason, answer = new.answer, vendor_id = new.vendor_id,
      wrote = new.wrote, budget_from = new.budget_from
    where id = old.id and attempts = old.attempts and leased_until is not null;
    if not found then
      return null;
    end if;
  end if;
  return new;
end $$;
create trigger update_taken_delivery instead of update on delivery
  for each row execute function update_taken_delivery();

-- One index of the ids of events instead of two. The foreign key to this one went with its table.
drop index event_by_id;
alter table event drop constraint event_pkey;
alter table event add primary key (id, source);
