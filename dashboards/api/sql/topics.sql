-- One row per topic of the last run, by the number of conversations that pass the filters in which it came up, most first.
with passing as materialized (
  select interaction_id
  from mart.interaction_fact
  where {where}
),
said as (
  select
    topic_utterance.topic_id,
    count(distinct topic_utterance.interaction_id) as conversations
  from signal.topic_utterance
  join passing
    on passing.interaction_id = cast(topic_utterance.interaction_id as varchar)
  group by topic_utterance.topic_id
)
select
  topic.topic_id as id,
  topic.label,
  topic.words,
  topic.count_utterances as utterances,
  coalesce(said.conversations, 0) as conversations,
  (select count(*) from passing) as total,
  topic.first_found_at,
  topic.made_at,
  topic.model
from signal.topic
left join said
  on said.topic_id = topic.topic_id
order by
  conversations desc,
  topic.count_utterances desc,
  topic.topic_id
