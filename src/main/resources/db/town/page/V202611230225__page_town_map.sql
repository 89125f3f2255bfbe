-- The town's outline and districts as one GeoJSON FeatureCollection, for maps and for choosing by place.
create table town_map (
  one boolean primary key default true check (one),
  areas jsonb not null
);
