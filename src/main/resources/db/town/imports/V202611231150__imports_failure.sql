-- Why an import failed, so that each reader gets it in their language: the problem's name and the facts in its text.
alter table import_job add column problem_name text not null default '', add column problem_facts text[] not null default '{}';
