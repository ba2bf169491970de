-- Which record of one system is which of another. A record is a customer or one of their projects;
-- a project knows its customer.
create table record (
  id       bigint generated always as identity primary key,
  customer bigint references record (id)
);
create index record_by_customer on record (customer) where customer is not null;

-- Every id a record is known by. An id belongs to one record at most.
create table record_id (
  name        text        not null, -- system.kind, such as enerflo.install
  id          text        not null,
  record      bigint      not null references record (id),
  learnt_from text        not null,
  learnt_at   timestamptz not null default now(),
  primary key (name, id)
);
create index record_id_by_record on record_id (record);

-- What systems that know none of our ids can be matched by. Two customers may share an e-mail.
create table record_trait (
  trait  text   not null check (trait in ('email', 'address')),
  value  text   not null, -- in the form that comparing needs
  record bigint not null references record (id),
  primary key (trait, value, record)
);
create index record_trait_by_record on record_trait (record);

alter table delivery
  add column approved_at timestamptz, -- when an operator let a held one go
  add column wrote       text;        -- the state the destination has, where the event does not say it
create index delivery_by_record on delivery (record, destination);
-- calls whose answer we do not have yet, or never got
create index delivery_unanswered on delivery (destination, last_attempt_at)
  where state in ('pending', 'running') and last_attempt_at is not null;
create index event_by_subject on event (source, subject, recorded_at);
