-- Accounts go when no change names them any more, keys when they are long over.
create index change_by on change (account_id);
