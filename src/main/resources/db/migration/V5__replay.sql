-- What an event sets of its record: of two events with one in common the later counts. Empty for
-- those that add to the record, each of which counts.
alter table event
  add column facets text[]  not null default '{}',
  add column late   boolean not null default false; -- its message was replayed before it became an event

-- Back in the queue behind later ones: whether it has been overtaken is asked before each attempt.
alter table delivery add column late boolean not null default false;

create table replay (
  delivery_id bigint      not null references delivery (id) on delete cascade,
  at          timestamptz not null default now(),
  by          text        not null
);
create index replay_by_delivery on replay (delivery_id);

-- A dead message is kept as it was, to be sent again once what it failed on is mended.
alter table set_aside
  drop constraint set_aside_state_check,
  add constraint set_aside_state_check check (state in ('skipped', 'dead', 'resent')),
  add column topic       text,
  add column key         bytea,
  add column headers     text, -- as those of an event
  add column value       bytea,
  add column recorded_at timestamptz not null default now();
create index set_aside_dead on set_aside (at, id) where state = 'dead';
create index set_aside_recorded on set_aside (recorded_at);

create table resent (
  set_aside_id text        not null references set_aside (id) on delete cascade,
  at           timestamptz not null default now(),
  by           text        not null
);
create index resent_by_message on resent (set_aside_id);

-- Operators name the subject alone.
drop index event_by_subject;
create index event_by_subject on event (subject, source, recorded_at);
-- For retention, and for the first delivery since a time: ids grow with time, so deliveries need no
-- index on theirs, which each of their changes would have to keep.
create index event_recorded on event (recorded_at);
-- What operators look for and what is rare. The queue's own questions never fit these.
create index delivery_left on delivery (state, id) where state in ('held', 'skipped', 'dead');
create index delivery_left_of on delivery (destination, state, id) where state in ('held', 'skipped', 'dead');
