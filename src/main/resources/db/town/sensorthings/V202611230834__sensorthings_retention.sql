-- Where single Observations begin: what was earlier was removed when its time was over, and hours and days from before are
-- all that is left of it. Null: nothing was removed.
alter table datastream_state add column raw_from timestamptz;
