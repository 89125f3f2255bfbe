-- Types of the values in a MultiDatastream's results, one for each of its ObservedProperties; null for a Datastream. What had
-- several units before was shown nowhere.
alter table datastream add column multi_types jsonb;
update datastream set multi_types = (
  select jsonb_agg('http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Observation'::text) from jsonb_array_elements(units))
where jsonb_array_length(units) > 1;

-- Both normally nearly empty: asked by every query over all Observations.
drop index datastream_not_served;
create index datastream_hidden on datastream (id) where hidden;
create index datastream_multi on datastream (id) where multi_types is not null;
