-- One row per topic and week: utterances of the seven days that end `weeks_back` weeks before the newest one of all topics,
-- as far as their conversations pass the filters; 0 where none does, so that all courses begin with the whole history.
with passing as materialized (
  select interaction_id
  from mart.interaction_fact
  where {where}
),
said as (
  select
    topic_utterance.topic_id,
    cast(topic_utterance.interaction_id as varchar) as interaction_id,
    utterance.occurred_at,
    max(utterance.occurred_at) over () as newest_at
  from signal.topic_utterance
  join core.utterance
    on utterance.id = topic_utterance.utterance_id
)
select
  said.topic_id,
  cast(date_diff('second', said.occurred_at, said.newest_at) // 604800 as integer) as weeks_back,
  cast(min(said.newest_at) as date) as newest_day,
  cast(count(passing.interaction_id) as integer) as utterances
from said
left join passing
  on passing.interaction_id = said.interaction_id
group by
  said.topic_id,
  weeks_back
