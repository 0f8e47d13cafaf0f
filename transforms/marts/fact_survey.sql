-- One row per changed interaction with answers: the last of each kind. A satisfaction scale on which low is good is
-- turned round.
with answered as (
  select
    survey.interaction_id,
    survey.kind,
    survey.scale_min,
    survey.scale_max,
    case
      when survey.kind = 'csat' and survey.is_higher_better = false then survey.scale_min + survey.scale_max - survey.score
      else survey.score
    end as score,
    row_number() over (
      partition by survey.interaction_id, survey.kind
      order by survey.occurred_at desc, survey.id
    ) as place
  from core.survey
  join changed_fact
    on changed_fact.interaction_id = survey.interaction_id
  where survey.score is not null
    and survey.deleted_at is null
)

select
  interaction_id,
  max(case when kind = 'csat' then score end) as csat_score,
  max(case when kind = 'csat' then scale_min end) as csat_scale_min,
  max(case when kind = 'csat' then scale_max end) as csat_scale_max,
  max(case when kind = 'nps' then score end) as nps_score,
  max(case when kind = 'ces' then score end) as ces_score
from answered
where place = 1
group by interaction_id
