-- The ends of deliveries that Kafka has not been told yet. A mark in the delivery itself would
-- rewrite a wide row, with all of its indexes, once more for each delivery.
create table unannounced (
  delivery_id bigint primary key -- of a delivery that is kept until the mark is gone, so no foreign key
);
insert into unannounced
  select id from delivery where not announced and state in ('delivered', 'skipped', 'dead');
drop index delivery_unannounced;
alter table delivery drop column announced;
