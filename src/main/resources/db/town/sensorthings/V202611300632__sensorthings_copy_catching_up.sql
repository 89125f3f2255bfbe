-- Until when the Observations of a Datastream were copied, so that another copy goes on with what has come since.
alter table copied_observations add column last_start timestamptz;
