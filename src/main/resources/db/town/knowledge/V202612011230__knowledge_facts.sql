-- What a text says in a form that can be worked with: hours, phone, mail, appointment, place, fee, documents.
alter table knowledge_document add column details jsonb not null default '{}';
create index knowledge_document_details on knowledge_document (id) where details <> '{}';

-- When it was last read as a whole, not only found unchanged.
alter table knowledge_page add column read_at timestamptz;

-- When the events of calendars are. What they are stands in knowledge_document too, whose key is the uid: what is
-- withdrawn there is not found here.
create table knowledge_event (
  source_id bigint not null references knowledge_source on delete cascade,
  uid text not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  -- then both are midnight of the town
  all_day boolean not null,
  title text not null,
  body text not null default '',
  place text not null default '',
  categories text[] not null default '{}',
  url text not null default '',
  primary key (source_id, uid, start_at)
);
create index knowledge_event_start on knowledge_event (start_at);
