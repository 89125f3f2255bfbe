-- Nobody could set it before.
comment on column town.logo is 'name of the picture in the town''s own table town_logo, empty for none';
