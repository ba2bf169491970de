-- What is due, and what has a match key, is looked for with the state as an expression, and only these
-- two indexes answer that. With state in ('pending', 'running') the whole of delivery_order fits both
-- questions as well, and PostgreSQL read it for each batch where its statistics came from an empty
-- queue.
drop index delivery_due;
create index delivery_due on delivery (destination, due_at, id)
  where state || '' in ('pending', 'running') and due_at > '-infinity';
drop index delivery_match;
create index delivery_match on delivery (match_key, destination, id)
  where state || '' in ('pending', 'running') and match_key is not null;
