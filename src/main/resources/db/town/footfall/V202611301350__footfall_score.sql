-- How far off the methods were, day by day: told by what was counted afterwards.
create table footfall_score (
  counter_id bigint not null references footfall_counter,
  -- of the town
  day date not null,
  -- forecast: what was said at the midnight before; gap: worked out as if nothing had been counted that day
  kind text not null,
  -- those that were both told and counted
  hours integer not null,
  counted double precision not null,
  -- sum of the misses
  off double precision not null,
  -- the same of the plain way: the same hour a week before; for gaps the median of the four weeks on both sides
  plain_off double precision not null,
  -- hours within the band of 80 % and of 95 %
  likely integer not null,
  wide integer not null,
  primary key (counter_id, day, kind)
);
