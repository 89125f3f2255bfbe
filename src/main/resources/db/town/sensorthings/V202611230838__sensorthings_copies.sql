-- What was copied from another SensorThings service: which entity here is which one there, and how far the Observations of a
-- Datastream are copied, so that a copy goes on where it stopped.
create table copied_entity (
  source text not null,
  entity text not null,
  remote_id text not null,
  id bigint not null,
  primary key (source, entity, remote_id)
);
create table copied_observations (
  datastream_id bigint primary key,
  next_page text,                         -- null: all were there
  copied bigint not null
);
