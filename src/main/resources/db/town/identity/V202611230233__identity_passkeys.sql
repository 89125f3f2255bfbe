-- Passkeys (WebAuthn): only public keys lie here.
create table passkey (
  id bigint generated always as identity primary key,
  account_id bigint not null references account (id),
  name text not null,
  credential_id bytea not null unique,
  -- id, public key and kind of authenticator, as the standard writes them
  credential bytea not null,
  sign_count bigint not null,
  backup_eligible boolean not null,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index passkey_of on passkey (account_id);

-- What a browser was asked to sign; good once and for five minutes.
create table passkey_challenge (
  challenge_hash bytea primary key,
  -- null for a login
  account_id bigint references account (id),
  expires_at timestamptz not null
);
