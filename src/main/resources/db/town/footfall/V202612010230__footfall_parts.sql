-- What zones and classes counted in an hour, by the number of their Datastream; one that did not say all of the hour is absent.
-- Corrected: one of them said something else when the hour was settled.
alter table footfall_hour add column parts jsonb;
alter table footfall_hour add column parts_corrected boolean not null default false;
alter table footfall_hour_before add column parts jsonb;
alter table footfall_hour_before add column parts_corrected boolean not null default false;

-- Counters that have such parts are looked at again from their beginning.
insert into footfall_mark (counter_id, hour_from, hour_to)
select distinct counter_id, timestamptz 'epoch', now() from footfall_channel where role in ('zone', 'class');
