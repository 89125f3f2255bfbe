-- How long the partitions of `observation` are that are made from now on: 12 months, or 1 for a very large town.
create table partition_length (one boolean primary key default true check (one), months int not null check (months in (1, 12)));
insert into partition_length (months) values (12);
