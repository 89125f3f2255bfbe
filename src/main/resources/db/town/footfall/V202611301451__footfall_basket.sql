-- Whose counts make the index, and which months are its hundred; no row as long as nobody has chosen.
create table footfall_basket (
  one boolean primary key default true check (one),
  counters bigint[] not null,
  -- first days of the first and of the last month
  base_from date not null,
  base_to date not null
);
