-- The installation's own tables. Nothing about a town's people stands here.
create table town (
  id bigint generated always as identity primary key,
  slug text not null unique,
  schema_name text not null unique,
  name text not null,
  ars text not null,
  hosts text[] not null,
  zone text not null,
  languages text[] not null,
  colour text not null,
  logo text not null,
  legal jsonb not null,
  is_default boolean not null,
  demo boolean not null,
  schema_version text not null,
  created_at timestamptz not null default now()
);
create unique index town_one_default on town (is_default) where is_default;

-- The table of db-scheduler, as its documentation gives it; task_instance names the town.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
