-- Vendors' numbers beside ours.

-- One row per interaction and vendor's measure that has a counterpart of ours and both are known; times in seconds. What is
-- ours comes of events and words alone, never of a measure. `difference` is the vendor's less ours; `relative_difference`
-- is its size against the larger of the two.
create table mart.measure_comparison (
  interaction_id varchar not null,
  source varchar not null,
  name varchar not null,
  counterpart varchar not null,
  unit varchar not null,
  vendor_value double not null,
  our_value double not null,
  difference double not null,
  relative_difference double not null
);

-- Known conversations are compared too: the marts are made anew.
delete from ops.progress where step = 'marts';
