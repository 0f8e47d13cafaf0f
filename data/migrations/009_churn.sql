-- Who left and when, and what was learned from it.

-- One row per departure that a file or a caller reported: the address of the customer (a telephone number as WhatsApp
-- spells it too), or the customer. A date without a time stands for the end of that day.
create table core.departure (
  id uuid not null,
  handle_id uuid,
  other_handle_id uuid,
  customer_id uuid,
  left_at timestamp not null,
  file varchar not null,
  revision bigint not null
);

-- One row per refused row of a file of departures; a file read again replaces its own.
create table ops.departure_reject (
  file varchar not null,
  row_number integer not null,
  reason varchar not null,
  excerpt varchar not null,
  rejected_at timestamp not null
);

-- One row per customer and departure, reported or seen as an event of a source. Written with the marts.
create table mart.departure (
  customer_id varchar not null,
  left_at timestamp not null,
  evidence varchar not null,
  revision bigint not null
);

-- One row per attempt to learn who leaves; the newest one holds. `method` is `learned`, or `rules` with the `reason` why
-- nothing better was found. `model` is a JSON object of weights, null where there is none.
create table signal.churn_model (
  version integer not null,
  method varchar not null,
  reason varchar not null,
  encoder varchar not null,
  made_at timestamp not null,
  window_days integer not null,
  model varchar,
  report varchar not null,
  revision bigint not null
);

-- One row per set of channels and group of reasons that enough customers went through about one matter: how many left
-- afterwards, which share of them at a time (and of all others) left within the window, and how many times as often as others
-- with as many contacts, with the bounds of a 95 % interval. Of the last attempt.
create table signal.churn_combination (
  channels varchar not null,
  intent_group varchar not null,
  count_customers integer not null,
  count_left integer not null,
  share_left double not null,
  share_left_others double not null,
  ratio double,
  ratio_low double,
  ratio_high double,
  is_clear boolean not null,
  window_days integer not null,
  version integer not null
);

alter table signal.customer add column churn_model varchar;
alter table signal.customer add column churn_band varchar;
alter table signal.customer add column churn_at timestamp;
alter table mart.customer add column churn_model varchar;
alter table mart.customer add column churn_at timestamp;
