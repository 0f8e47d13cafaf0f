-- One row per topic and week: utterances of the seven days that end `weeks_back` weeks before the newest one.
with said as (
  select
    topic_utterance.topic_id,
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
  cast(count(*) as integer) as utterances
from said
group by
  said.topic_id,
  weeks_back
