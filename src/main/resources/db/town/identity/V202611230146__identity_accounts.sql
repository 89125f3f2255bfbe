-- People who work with this town's Stadtkern. Nobody is deleted: whoever leaves is deactivated.
create table account (
  id bigint generated always as identity primary key,
  -- a mail address; the first admin's is 'admin' until they have given theirs
  login text not null unique,
  name text not null,
  -- Argon2id; null while nobody has chosen one
  password text,
  must_change boolean not null default false,
  deactivated_at timestamptz,
  created_at timestamptz not null default now(),
  last_login_at timestamptz,
  -- language of mails to this person
  language text not null default 'de'
);

-- One role per area of work; the area 'town' stands for all of them.
create table account_role (
  account_id bigint not null references account (id),
  area text not null,
  role text not null,
  primary key (account_id, area)
);

-- Who is logged in. The browser holds the token, this table only its SHA-256.
create table session (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  account_id bigint not null references account (id),
  opened_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  device text not null,
  -- true while the password was right and the second factor is still to come
  half boolean not null default false
);
create index session_of on session (account_id);

-- Browsers that have logged in to an account before: guessing elsewhere does not lock them out.
create table known_browser (
  token_hash bytea primary key,
  account_id bigint not null references account (id),
  used_at timestamptz not null default now()
);

-- Failed logins by account, known browser and address, the latter only as a hash.
create table login_failure (
  subject bytea primary key,
  failures integer not null,
  last_at timestamptz not null,
  blocked_until timestamptz not null
);

-- Links that are good for once: an invitation or a forgotten password.
create table account_link (
  token_hash bytea primary key,
  account_id bigint not null references account (id),
  purpose text not null,
  expires_at timestamptz not null
);
create index account_link_of on account_link (account_id);
