-- Features being deleted whose Observations are many: invisible at once, these go in the background.
alter table feature_of_interest add column hidden boolean not null default false;
create index feature_of_interest_hidden on feature_of_interest (id) where hidden;
