-- The polls of a program's enrollments in Flip, for all pods together: whose turn it is.
create table flip_poll (
  program    text        primary key,
  started_at timestamptz,  -- of the last poll; the next one is due an interval later
  read_at    timestamptz   -- of the last that came through; null before the first, which announces nothing
);

-- The enrollments as the last poll found them. What another finds to differ is announced.
create table flip_enrollment (
  program text   not null references flip_poll (program),
  id      text   not null,
  state   text   not null, -- JSON: status, statusReason, groupIds
  version bigint not null, -- counts the changes, so that a state that comes back is announced again
  primary key (program, id)
);
