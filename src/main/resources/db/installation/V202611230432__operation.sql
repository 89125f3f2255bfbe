-- Why a town's job went wrong the last time; gone as soon as it goes right. When it is tried again stands in scheduled_tasks.
create table job_failure (
  task_name text not null,
  task_instance text not null,
  failed_at timestamptz not null,
  failure text not null,
  primary key (task_name, task_instance)
);

-- When a town was archived and how that went, whichever process did it. A run that is neither over nor heard of was broken off.
create table backup_run (
  id bigint generated always as identity primary key,
  town_id bigint not null references town on delete cascade,
  reason text not null,
  started_at timestamptz not null default now(),
  heard_at timestamptz not null default now(),
  ended_at timestamptz,
  progress text not null default '',
  file text not null default '',
  bytes bigint not null default 0,
  failure text not null default ''
);
create index backup_run_town on backup_run (town_id, id);
create unique index backup_run_one_at_a_time on backup_run (town_id) where ended_at is null;
