-- One row per utterance to stitch: its interaction.
select
  utterance.id,
  coalesce(session_utterance.interaction_id, member_thread.root_id) as interaction_id
from member_thread
join core.utterance
  on utterance.thread_id = member_thread.thread_id
left join session_utterance
  on session_utterance.id = utterance.id
