-- Outlines and districts the town shows or showed on its maps, each as one GeoJSON FeatureCollection under a name made of its content.
-- Only the one that is shown is handed out; the others are kept as long as a change may bring them back.
create table town_areas (
  name text primary key,
  areas jsonb not null,
  shown boolean not null
);
with before as materialized (select areas from town_map)
insert into town_areas (name, areas, shown)
select left(encode(sha256(convert_to(areas::text, 'UTF8')), 'hex'), 20), areas, true from before;
drop table town_map;
