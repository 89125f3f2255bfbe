-- Pictures that are or were the town's logo. Only the one that is shown is handed out; the others are kept as long as a change may
-- bring them back. The town's row in the installation's schema names the one that is shown, so that no page asks here.
create table town_logo (
  name text primary key,
  content bytea not null,
  shown boolean not null
);
