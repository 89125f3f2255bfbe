-- Features made from a Location for an Observation that named none, as OGC 18-088 wants it: they go when nothing needs them.
alter table feature_of_interest add column derived boolean not null default false;
update feature_of_interest f set derived = true where exists (select from location l where l.feature_id = f.id);
