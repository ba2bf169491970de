-- An event as it was read from its topic. Its bytes are kept as they came: deliveries, dead letters
-- and replays all start from them.
create table event (
  source       text        not null,
  id           text        not null,
  derived_from text,       -- the id its content makes; a repetition after 24 h gets an id of its own
  type         text        not null,
  subject      text        not null,
  happened_at  timestamptz not null,
  receipt      text,
  topic        text        not null,
  partition    int         not null,
  "offset"     bigint      not null,
  timestamp_ms bigint      not null,
  key          bytea,
  headers      text        not null, -- JSON: [[name, base64], ...]
  value        bytea       not null,
  recorded_at  timestamptz not null default now(),
  primary key (source, id)
);
create index event_by_id on event (id);
create index event_by_receipt on event (receipt) where receipt is not null;
create index event_by_content on event (derived_from) where derived_from is not null;

-- One event's way to one destination: at once the queue that the workers take from and the ledger
-- that operators read.
create table delivery (
  id               bigint generated always as identity primary key,
  source           text        not null,
  event_id         text        not null,
  destination      text        not null,
  record           text        not null, -- deliveries of one record to one destination keep their order
  match_key        text,                 -- and so do those the destination itself takes for one record
  state            text        not null check (state in ('pending', 'running', 'held', 'delivered', 'skipped', 'dead')),
  attempts         int         not null default 0,
  due_at           timestamptz not null default now(), -- of a running one: when its lease ends
  status           int,
  answer           text,
  vendor_id        text,
  reason           text,
  created_at       timestamptz not null default now(),
  first_attempt_at timestamptz,
  last_attempt_at  timestamptz,
  finished_at      timestamptz,
  announced        boolean     not null default false, -- on solar.outcomes and, if dead, solar.dead-letters
  foreign key (source, event_id) references event (source, id) on delete cascade,
  unique (source, event_id, destination)
);
-- Each of these holds unfinished work only, so it stays small however long the ledger grows.
create index delivery_due on delivery (destination, due_at, id) where state in ('pending', 'running');
-- What tells records apart comes first: with the destination there PostgreSQL, while it has no
-- statistics, may take the one index for the other and read a destination's whole queue.
create index delivery_order on delivery (record, destination, id) where state in ('pending', 'running', 'held');
create index delivery_match on delivery (match_key, destination, id)
  where state in ('pending', 'running', 'held') and match_key is not null;
create index delivery_unannounced on delivery (id) where not announced and state in ('delivered', 'skipped', 'dead');

-- What went wrong on the way: attempts that did not end a delivery well.
create table failed_attempt (
  delivery_id bigint      not null references delivery (id) on delete cascade,
  attempt     int         not null,
  at          timestamptz not null default now(),
  status      int,
  reason      text        not null,
  answer      text,
  primary key (delivery_id, attempt)
);

-- Messages that became no event: webhooks that are not used, and dead letters before fan-out.
create table set_aside (
  id     text        primary key,
  stage  text        not null,
  source text,
  state  text        not null check (state in ('skipped', 'dead')),
  reason text        not null,
  at     timestamptz not null
);

-- Bucket4j's own: how many calls each destination may still be sent, for all pods together.
create table rate_limit (
  id         text primary key,
  state      bytea,
  expires_at bigint
);
