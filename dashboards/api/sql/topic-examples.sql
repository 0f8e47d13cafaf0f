-- One row per topic and example, nearest to its centre first: different texts, of conversations that pass the filters.
with said as (
  select
    topic_utterance.topic_id,
    topic_utterance.utterance_id,
    topic_utterance.interaction_id,
    topic_utterance.similarity,
    utterance.text,
    row_number() over (
      partition by topic_utterance.topic_id, utterance.text
      order by topic_utterance.similarity desc, topic_utterance.utterance_id
    ) as place_of_text
  from signal.topic_utterance
  join core.utterance
    on utterance.id = topic_utterance.utterance_id
  where utterance.text is not null
    and cast(topic_utterance.interaction_id as varchar) in (
      select interaction_id
      from mart.interaction_fact
      where {where}
    )
),
ranked as (
  select
    said.topic_id,
    said.utterance_id,
    said.interaction_id,
    said.text,
    row_number() over (partition by said.topic_id order by said.similarity desc, said.utterance_id) as place
  from said
  where said.place_of_text = 1
)
select
  ranked.topic_id,
  ranked.utterance_id,
  ranked.interaction_id,
  ranked.text
from ranked
where ranked.place <= 5
order by
  ranked.topic_id,
  ranked.place
