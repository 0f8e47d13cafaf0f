-- One row per set of channels and group of reasons that enough customers went through, the surest signs of leaving first.
select
  churn_combination.channels,
  churn_combination.intent_group,
  churn_combination.count_customers as customers,
  churn_combination.count_left as "left",
  churn_combination.share_left as share,
  churn_combination.share_left_others as share_others,
  churn_combination.ratio,
  churn_combination.ratio_low as low,
  churn_combination.ratio_high as high,
  churn_combination.is_clear
from signal.churn_combination
order by
  coalesce(churn_combination.ratio_low, -1) desc,
  churn_combination.count_customers desc,
  churn_combination.channels,
  churn_combination.intent_group
