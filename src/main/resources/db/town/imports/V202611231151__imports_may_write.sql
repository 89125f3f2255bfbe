-- Data sets not everybody may write that whoever asked for the work may: it is done when they are not there any more.
alter table import_job add column may_write bigint[] not null default '{}';
