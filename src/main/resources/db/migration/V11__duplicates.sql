-- A webhook without an explicit id is a duplicate where it says the same as the latest one of its
-- scope: of the same record and the same kind of event. derived_from is left to explicit ids.
alter table event
  add column content_scope text,
  add column content_hash  text;
create index event_by_content_scope on event (content_scope, happened_at)
  where content_scope is not null;
