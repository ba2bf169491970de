-- What each attempt sent, and how long it took. A row is written once, in the transaction that records the
-- attempt's result. The table has a partition for each week, as delivery_ledger, and no foreign key.
create table attempt_request (
  delivery_id bigint      not null,
  attempt     int         not null,
  duration_ms int         not null,
  at          timestamptz not null default now(), -- when the attempt's result was recorded
  calls       text                                -- JSON, at most 16 KiB; null where no call is stored
) partition by range (at);
create index attempt_request_of_delivery on attempt_request (delivery_id, attempt);

-- The partitions get the compression of this table. PostgreSQL may be built without lz4.
do $$ begin
  alter table attempt_request alter column calls set compression lz4;
exception when feature_not_supported then null;
end $$;
create table attempt_request_default partition of attempt_request default;

-- Creates the partitions of this many weeks of both tables, from the week of a time on. A week whose rows are
-- in the default partition already keeps them there.
create or replace function create_delivery_ledger_weeks(first_week timestamptz, weeks int) returns void
language plpgsql as $$
declare
  monday timestamp := date_trunc('week', first_week at time zone 'UTC');
  parent text;
begin
  for i in 1..weeks loop
    foreach parent in array array['delivery_ledger', 'attempt_request'] loop
      begin
        execute format(
          'create table if not exists %s_%s partition of %s for values from (%L) to (%L)',
          parent,
          to_char(monday, 'YYYYMMDD'),
          parent,
          to_char(monday, 'YYYY-MM-DD') || ' 00:00:00+00',
          to_char(monday + interval '7 d', 'YYYY-MM-DD') || ' 00:00:00+00');
      exception when check_violation then null;
      end;
    end loop;
    monday := monday + interval '7 d';
  end loop;
end $$;

select create_delivery_ledger_weeks(now(), 6);
