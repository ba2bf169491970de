-- Reconciliation: the records in a vendor's lists, compared with what the relay knows.

-- A run reads all lists of a vendor, page by page. Its row is its position, so another pod continues it.
create table reconcile_run (
  id           bigint      generated always as identity primary key,
  vendor       text        not null,
  reason       text        not null,
  state        text        not null
    check (state in ('listing', 'publishing', 'succeeded', 'rejected', 'failed')),
  dry_run      boolean     not null default false,
  learning     boolean     not null default false, -- stores what is listed and makes no events
  any_length   boolean     not null default false, -- accepts a list with less than half of before
  since        timestamptz,                        -- only records that changed after it
  by           text,                               -- the operator who started it
  started_at   timestamptz not null default now(),
  finished_at  timestamptz,
  kind         text        not null,               -- the list at work, its next page, and which pass
  page         int         not null default 1,
  pass         int         not null default 1,
  lease        int         not null default 0,     -- counts the claims; only the last one may store a page
  leased_until timestamptz,
  next_at      timestamptz not null default now(), -- no page before
  failures     int         not null default 0,     -- in a row
  detail       text,
  counts       text        not null default '{}'   -- JSON, by list
);
create unique index reconcile_run_active on reconcile_run (vendor) where state in ('listing', 'publishing');
create index reconcile_run_of_vendor on reconcile_run (vendor, id);

-- When the next run of a vendor begins.
create table reconcile_vendor (
  vendor      text        primary key,
  alive_at    timestamptz not null default now(), -- a pod was there
  due_at      timestamptz,                        -- sooner than the interval: see due_reason
  due_reason  text,
  baseline_at timestamptz,                        -- the start of the run that learned; null before
  good_run    bigint                              -- the last run with a good list
);

-- The records as the last run found them: hashes and statuses, no personal data.
create table reconcile_record (
  vendor     text        not null,
  kind       text        not null,
  id         text        not null,
  state      text,                    -- JSON; null while the record is listed but not yet compared
  run        bigint      not null,    -- the last run that found it
  checked_at timestamptz,             -- when the state was read from the vendor
  primary key (vendor, kind, id)
) with (fillfactor = 80);

-- What a run found to differ. A record that is not decided yet is kept whole, with personal data.
create table reconcile_change (
  run       bigint      not null references reconcile_run (id) on delete cascade,
  kind      text        not null,
  id        text        not null,
  listed_at timestamptz not null,
  record    text,                     -- JSON; null once it is decided
  decision  text,
  events    text,                     -- JSON: [{type, id, change}]
  primary key (run, kind, id)
);
create index reconcile_change_undecided on reconcile_change (run) where decision is null;
