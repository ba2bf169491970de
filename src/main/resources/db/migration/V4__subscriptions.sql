-- What this relay has registered for at vendors that do not tell what is registered. The URL is kept
-- whole, with its token: only the same URL takes the registration back.
create table subscription (
  source        text        not null,
  event         text        not null,
  url           text        not null,
  state         text        not null check (state in ('unconfirmed', 'registered')),
  registered_at timestamptz,
  primary key (source, event, url)
);
