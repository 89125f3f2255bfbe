-- School holidays of the town, for what is usual: whether they matter at a place is learned there.
create table footfall_holiday (
  position integer primary key,
  name text not null,
  from_day date not null,
  -- included
  to_day date not null
);
