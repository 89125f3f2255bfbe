-- Which entities a line of the change log is about, and which of their properties; null where all of them are new.
-- Lines about Observations go on saying it by numbers.
alter table change_log add column entity_ids bigint[], add column properties text[];
