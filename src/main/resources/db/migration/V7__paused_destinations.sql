-- The destinations that an operator has paused, for all pods together and across restarts.
create table paused_destination (
  destination text        primary key,
  reason      text,
  since       timestamptz not null default now(),
  by          text        not null
);
