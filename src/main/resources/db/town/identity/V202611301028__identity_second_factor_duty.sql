-- Roles with which nobody does anything before a second factor is set up.
create table second_factor_duty (
  role text primary key
);
