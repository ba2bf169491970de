-- The versions of each route file that were in force, for all pods together: the last ten of each.
create table route_file_version (
  number      bigint      generated always as identity primary key,
  path        text        not null, -- within the folder of routes
  text        text        not null,
  in_force_at timestamptz not null default now()
);
create index route_file_version_by_path on route_file_version (path, number);

-- The latest revert of each route file.
create table route_file_revert (
  path     text        primary key,
  written  boolean     not null, -- false: pods use the text in the place of the folder's
  replaces text,                 -- what it takes the place of; null where the file was deleted
  text     text        not null,
  by       text        not null,
  at       timestamptz not null default now()
);
