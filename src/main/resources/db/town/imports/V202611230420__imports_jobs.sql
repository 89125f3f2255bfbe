-- Imports of files by people and programs: what was asked for, how far it is, what came of it.
create table import_job (
  id bigint generated always as identity primary key,
  file_name text not null,
  -- SHA-256 and length of the file as it was sent
  file_hash bytea not null,
  file_size bigint not null,
  -- length of what lies in import_content, which is packed; 0 once that is deleted
  stored_size bigint not null,
  created_at timestamptz not null default now(),
  created_by text not null,
  -- the mapping as YAML, and as it was clicked together if it was
  mapping text not null default '',
  draft jsonb,
  -- name of the saved mapping it was begun with
  mapping_name text not null default '',
  -- draft, check, import, take_back
  task text not null default 'draft',
  -- open, waiting, running, done, cancelled, failed
  state text not null default 'open',
  stop_wanted boolean not null default false,
  -- each process that takes the work up raises it; whoever comes with an older number writes nothing any more
  run integer not null default 0,
  claimed_until timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  report jsonb,
  problem text not null default '',
  -- exact, because they are written in the transaction of each batch
  handled bigint not null default 0,
  written bigint not null default 0,
  taken_back bigint not null default 0
);
create index import_job_at_work on import_job (id) where state in ('waiting', 'running');
create index import_job_same_file on import_job (file_hash);

-- The file itself in pieces, packed with gzip: every process finds it here, and so does a restored town.
create table import_content (
  import_id bigint not null references import_job on delete cascade,
  number integer not null,
  content bytea not null,
  primary key (import_id, number)
);

-- Which Observations each batch created, so that an import can be taken back.
create table import_batch (
  id bigint generated always as identity primary key,
  import_id bigint not null references import_job on delete cascade,
  datastreams bigint[] not null,
  first_number bigint not null,
  created integer not null,
  time_from timestamptz not null,
  time_to timestamptz not null
);
create index import_batch_of on import_batch (import_id, id);

-- What was refused and why, at most 100,000 of each import.
create table import_refusal (
  import_id bigint not null references import_job on delete cascade,
  number integer not null,
  line bigint not null,
  column_name text not null,
  value text not null,
  reason text not null,
  arguments text[] not null,
  primary key (import_id, number)
);

-- Mappings people keep for the next file of the same form.
create table import_mapping (
  id bigint generated always as identity primary key,
  name text not null unique,
  mapping text not null,
  -- null if it was written as text
  draft jsonb,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
