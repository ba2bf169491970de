-- What people search a record by: its phone numbers and names as well. A record of an earlier version
-- gets them with its next event.
alter table record_trait drop constraint record_trait_trait_check;
alter table record_trait add constraint record_trait_trait_check
  check (trait in ('email', 'address', 'phone', 'name'));
