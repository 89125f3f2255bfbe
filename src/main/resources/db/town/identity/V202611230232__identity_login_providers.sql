-- Where people may log in instead of here: providers of OpenID Connect, such as the town's own Keycloak.
create table login_provider (
  id bigint generated always as identity primary key,
  -- stands on the button
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret text not null,
  -- where the provider says what somebody is, such as realm_access.roles; empty: roles are given here
  role_claim text not null,
  -- what its words mean here, one line each: WORD = AREA ROLE
  role_words text not null,
  active boolean not null
);

-- Who somebody is there.
create table login_identity (
  provider_id bigint not null references login_provider (id),
  subject text not null,
  account_id bigint not null references account (id),
  primary key (provider_id, subject)
);

alter table session add column provider_id bigint references login_provider (id);
