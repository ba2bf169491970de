-- A message that is dead at fan-out keeps what else it is known by: the receipt of the webhook that it
-- was made of, so that the receipt has a story whatever stage its webhook ends in, and its event id.
alter table set_aside
  add column receipt  text,
  add column event_id text;
create index set_aside_by_receipt on set_aside (receipt) where receipt is not null;
create index set_aside_by_event on set_aside (event_id) where event_id is not null;
