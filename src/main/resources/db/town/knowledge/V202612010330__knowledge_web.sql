-- Pages of web sites that are read again and again; a new source begins with its address.
create table knowledge_page (
  source_id bigint not null references knowledge_source on delete cascade,
  url text not null,
  due_at timestamptz not null default now(),
  etag text not null default '',
  modified text not null default '',
  -- of the last attempts in a row, and why
  failures integer not null default 0,
  failure text not null default '',
  failed_at timestamptz,
  primary key (source_id, url)
);
create index knowledge_page_due on knowledge_page (due_at);
