-- The deliveries that a destination refused as it refuses a wrong key. Another record's delivery that
-- passes afterwards shows that the key is right: from then on the refusals are the delivery's own.
create table refused_delivery (
  delivery_id  bigint      primary key, -- of a delivery that may be gone, so no foreign key
  destination  text        not null,
  record       text        not null,
  refused_at   timestamptz not null default now(), -- for the first time
  disproved_at timestamptz,                        -- since when another record is known to have passed
  own_refusals int         not null default 0      -- since then
);
create index refused_delivery_by_destination on refused_delivery (destination);
