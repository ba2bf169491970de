-- What an operator has decided about a group of dead letters. The group itself is computed from its dead
-- letters; its fingerprint holds no data of a person. A row says "open again" where reopened_at is set, or
-- where a dead letter is newer than the acknowledgement.
create table dead_group (
  fingerprint     text        primary key,
  acknowledged_at timestamptz not null default now(),
  acknowledged_by text        not null,
  note            text,
  reopened_at     timestamptz,
  reopened_by     text
);

-- A replay of all deliveries or messages of a filter. Any pod continues a running one whose pod has died.
create table bulk_replay (
  id         bigint      generated always as identity primary key,
  what       text        not null check (what in ('deliveries', 'messages')),
  filter     text        not null, -- in words, without texts that may name a person
  from_state text        not null, -- that its deliveries have while they wait for the replay
  matched    bigint      not null,
  selected   int         not null, -- matched, up to the limit
  position   int         not null default 0, -- of the last item that a pod has processed
  replayed   int         not null default 0,
  superseded int         not null default 0,
  refused    int         not null default 0,
  state      text        not null check (state in ('running', 'finished', 'stopped')),
  reason     text,                 -- why the relay has stopped it
  by         text        not null,
  stopped_by text,
  started_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  ended_at   timestamptz
);
create index bulk_replay_running on bulk_replay (changed_at) where state = 'running';
create index bulk_replay_ended on bulk_replay (ended_at) where state <> 'running';

-- What a running replay takes, in its order. A replay that has ended has none.
create table bulk_replay_item (
  replay_id   bigint not null,
  position    int    not null, -- from 1
  delivery_id bigint,
  message_id  text,
  primary key (replay_id, position)
);
