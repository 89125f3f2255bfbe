-- Whether a password alone does not do: whoever logs in with one is asked for a passkey, too.
alter table account add column passkey_factor boolean not null default false;
