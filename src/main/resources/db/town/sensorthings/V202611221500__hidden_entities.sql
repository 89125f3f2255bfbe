-- Things, Sensors and ObservedProperties being deleted: invisible at once, their rows go when the last of their Datastreams has
-- gone in the background.
alter table thing add column hidden boolean not null default false;
alter table sensor add column hidden boolean not null default false;
alter table observed_property add column hidden boolean not null default false;

-- What SensorThings 1.1 does not show as a Datastream. Normally empty, and asked by every query over all Observations.
create index datastream_not_served on datastream (id) where hidden or jsonb_array_length(units) <> 1;
