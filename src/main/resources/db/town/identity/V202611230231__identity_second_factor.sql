-- One-time codes by an app (RFC 6238), and codes on paper for the day the app is lost.
create table totp (
  account_id bigint primary key references account (id),
  secret bytea not null,
  -- false until the first code was right: until then logging in does not ask for one
  confirmed boolean not null default false,
  -- the last thirty seconds a code was taken for; no code is good twice
  last_step bigint not null default 0
);

create table recovery_code (
  account_id bigint not null references account (id),
  code_hash bytea not null,
  primary key (account_id, code_hash)
);
