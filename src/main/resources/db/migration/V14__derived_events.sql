-- The event from which fan-out derived this one: source and id. A story shows the events of one cause.
alter table event
  add column cause_source text,
  add column cause_id     text;
create index event_by_cause on event (cause_source, cause_id) where cause_id is not null;
