-- One row per thing said in one conversation that others may see, in order. Where a source does not say which agent spoke,
-- it was the agent of that leg, else of the whole.
select
  utterance.id,
  utterance.native_id,
  utterance.role,
  case when utterance.role = 'agent' then coalesce(utterance.agent_id, thread.agent_id, interaction.agent_id) end as agent_id,
  utterance.handle_id,
  coalesce(utterance.occurred_at, interaction.started_at) as occurred_at,
  utterance.end_at,
  utterance.text,
  signal.sentiment,
  signal.model
from core.utterance as utterance
join core.interaction as interaction on interaction.id = utterance.interaction_id
left join core.thread as thread on thread.id = utterance.thread_id
left join signal.utterance as signal
  on signal.utterance_id = utterance.id
  and signal.interaction_id = utterance.interaction_id
where utterance.interaction_id = $id
  and coalesce(utterance.visibility, 'public') = 'public'
  and coalesce(utterance.text, '') <> ''
order by utterance.occurred_at nulls last, utterance.sequence nulls last, utterance.id
