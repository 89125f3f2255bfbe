-- What people changed: who, when, why, before and after. Undo, "who changed what" and "as it was on a day" read this.
create table change (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account_id bigint references account (id),
  -- the name of that moment; of a key or of 'system' where no account stands behind it
  who text not null,
  area text not null,
  -- what sort of thing, and which one
  kind text not null,
  subject text not null,
  -- as people call it
  title text not null,
  -- null where it did not exist before or does not exist afterwards
  before jsonb,
  after jsonb,
  why text not null default ''
);
create index change_of on change (kind, subject, id);
create index change_at on change (at);
