-- One row per source and vendor's measure that was compared with ours: how many conversations, how far the two lie apart,
-- and the conversations that disagree most. Two numbers disagree that lie further apart than the tolerance allows.
select
  source,
  name,
  counterpart,
  unit,
  cast(count(*) as integer) as compared,
  median(vendor_value) as vendor_median,
  median(our_value) as our_median,
  median(difference) as median_difference,
  count(*) filter (where relative_difference > $tolerance) / count(*) as share_apart,
  coalesce(
    list_filter(
      arg_max(case when relative_difference > $tolerance then interaction_id end, abs(difference), 3),
      lambda id: id is not null
    ),
    []
  ) as worst
from mart.measure_comparison
group by
  source,
  name,
  counterpart,
  unit
order by
  share_apart desc,
  compared desc,
  source,
  name
