-- Outgoing mail: written with the transaction it belongs to, sent by a job.
create table mail (
  id bigint generated always as identity primary key,
  recipient text not null,
  subject text not null,
  -- emptied once it is sent or given up: links in it are nobody's business afterwards
  body text not null,
  created_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- null when nothing more is to be done
  next_at timestamptz default now(),
  sent_at timestamptz,
  failure text not null default ''
);
create index mail_due on mail (next_at) where next_at is not null;
