-- Which Datastreams are the weather of the town, what was observed and what is forecast; no row: none.
create table footfall_weather (
  -- temperature, precipitation, forecast-temperature, forecast-precipitation
  role text primary key,
  datastream_id bigint not null
);

-- Forecasts of the weather as they were when a day began, so that nothing that was forecast then is learned or measured with
-- what was known later. The Datastream itself keeps the newest forecast of an hour only.
create table footfall_weather_forecast (
  -- at whose beginning it was known
  day date not null,
  hour timestamptz not null,
  -- days from then on; 0 is the day itself
  lead integer not null,
  temperature double precision,
  precipitation double precision,
  primary key (day, hour)
);
create index footfall_weather_forecast_of_the_day on footfall_weather_forecast (hour) where lead = 0;
