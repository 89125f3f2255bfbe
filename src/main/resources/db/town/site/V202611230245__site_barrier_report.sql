-- When somebody reported a barrier in the last hour; what they wrote went to the town by mail and stands nowhere here.
create table barrier_report (
  id bigint generated always as identity primary key,
  at timestamptz not null default now()
);
