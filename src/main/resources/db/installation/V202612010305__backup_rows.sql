-- How far an archive is was kept as a sentence; `progress` is the table now, and the page says the sentence.
alter table backup_run add column progress_rows bigint not null default 0;
