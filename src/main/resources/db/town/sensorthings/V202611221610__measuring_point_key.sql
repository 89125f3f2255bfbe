-- Importers find a Thing again by the key its source gives it.
create index thing_key on thing ((properties ->> 'key'));
