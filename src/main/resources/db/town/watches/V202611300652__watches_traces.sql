-- Who changed a watch stands among the changes, and goes with them.
alter table watch drop column changed_by;
