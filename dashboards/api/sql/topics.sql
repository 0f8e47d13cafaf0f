-- One row per topic of the last run, the most frequent first.
select
  topic.topic_id as id,
  topic.label,
  topic.words,
  topic.example_utterance_ids,
  topic.count_utterances as utterances,
  topic.weekly,
  topic.growth,
  topic.is_growing,
  topic.is_new,
  topic.first_found_at,
  topic.made_at,
  topic.model
from signal.topic
order by topic.count_utterances desc, topic.topic_id
