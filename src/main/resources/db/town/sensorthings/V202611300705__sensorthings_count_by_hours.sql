-- What hours do not tell of a Datastream's Observations, since its first one: whether a result was no number (hours count numbers
-- only), and how long the longest phenomenonTime is. Where they tell enough, the Observations of a time are counted by hours and days.
alter table datastream_state add column has_other boolean not null default false;
alter table datastream_state add column longest interval not null default interval '0';
update datastream_state s set has_other = x.has_other, longest = x.longest
from (
  select datastream_id, bool_or(result is null) as has_other, coalesce(max(phenomenon_end - phenomenon_start), interval '0') as longest
  from observation group by datastream_id) x
where s.datastream_id = x.datastream_id and (x.has_other or x.longest > interval '0');
