-- Who did what: actions of operators, and changes of route files.
create table activity (
  id      bigint      generated always as identity primary key,
  at      timestamptz not null default now(),
  who     text        not null, -- the operator's name, or relay
  action  text        not null,
  kind    text        not null, -- of the subject
  subject text,                 -- a number, a name or a filter; never personal data
  count   bigint,               -- how many deliveries, messages, ids or lines
  details text
);
create index activity_by_at on activity (at);
create index activity_of_route_files on activity (subject, id) where kind = 'route-file';

-- The newest rejected webhooks of all pods.
create table rejected_webhook (
  id         bigint      generated always as identity primary key,
  at         timestamptz not null,
  source     text        not null, -- unknown where the path names no source
  reason     text        not null,
  sender     text,                 -- the address that the connection came from
  size       bigint,               -- bytes of the body, if known
  media_type text,
  unlisted   bigint      not null default 0 -- further ones of the source and reason, only counted
);
create index rejected_webhook_by_at on rejected_webhook (at);
