-- Keys for machines. Shown once; here is only the SHA-256. Nothing is deleted: a revoked key stays in the list.
create table api_key (
  id bigint generated always as identity primary key,
  name text not null,
  token_hash bytea not null unique,
  -- how it begins, so that people can tell keys apart
  start text not null,
  area text not null,
  role text not null,
  -- if set, the key writes Observations of this one Datastream and nothing else
  datastream_id bigint,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  used_at timestamptz
);
