-- Which of the demo's files are in the town as a whole; a file that is not named here is imported again, which adds what is missing.
create table demo_import (
  file text primary key,
  done_at timestamptz not null default now()
);
