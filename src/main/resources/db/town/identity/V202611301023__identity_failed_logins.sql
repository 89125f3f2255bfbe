-- Failed logins, for admins. What was typed is not kept: it may be a password, and the name of nobody here is nobody's business.
create table failed_login (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  -- the same again within a minute counts here, so that somebody who tries without a pause does not fill the table
  times integer not null default 1,
  -- null where there is no such account
  account_id bigint references account (id),
  -- where it came from, without the part that tells one device from others
  network text not null,
  reason text not null
);
create index failed_login_at on failed_login (at);
create index failed_login_of on failed_login (account_id);
