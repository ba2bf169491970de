-- How long a delivery took from its event's acceptance, and whether it counts for the latency objective.
-- Rows of earlier versions have neither.
alter table delivery_ledger
  add column latency_ms    int,
  add column for_objective boolean not null default false;
-- Which deliveries ended within a time. Rows are added in that order, so a summary of pages suffices, and
-- costs next to nothing for each row.
create index delivery_ledger_finished on delivery_ledger using brin (finished_at)
  with (pages_per_range = 16, autosummarize = on);

-- Null in rows of earlier versions.
alter table failed_attempt add column destination text;
create index failed_attempt_time on failed_attempt using brin (at)
  with (pages_per_range = 16, autosummarize = on);

-- What happened at a destination within a minute. A destination without an event has a row of zeros; a
-- minute without a row is unknown.
create table destination_minute (
  minute          timestamptz not null, -- its begin
  destination     text        not null,
  delivered       int         not null,
  failed          int         not null, -- attempts
  dead            int         not null,
  skipped         int         not null,
  p50_ms          int,                  -- from acceptance to delivery; null where no latency is known
  p95_ms          int,
  latency_buckets smallint[]  not null, -- bucket n counts latencies from 1.1^n - 1 ms to 1.1^(n + 1) - 1 ms
  latency_counts  int[]       not null, -- of these buckets; percentiles of minutes cannot be merged, counts can
  counted         int         not null, -- deliveries that count for the latency objective
  late            int         not null, -- of these, how many took more than 5 s
  waiting         bigint,               -- deliveries in the queue at the minute's end; null where unknown
  oldest_s        bigint,               -- how long the oldest unfinished one was in the queue
  primary key (minute, destination)
);
