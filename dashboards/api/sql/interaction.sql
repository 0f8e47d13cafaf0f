-- One row: everything known about one conversation, and the model that read it.
select
  fact.interaction_id as id,
  {columns},
  fact.native_id,
  fact.account,
  fact.brand,
  fact.priority,
  fact.team,
  interaction.url,
  interaction.tags,
  fact.agent_count,
  fact.was_queued,
  fact.was_answered,
  fact.was_transferred,
  fact.was_reopened,
  fact.is_abandoned,
  fact.is_bot_only,
  fact.is_repeat_contact,
  fact.is_channel_switch,
  fact.has_negative_interval,
  fact.sentiment_shift,
  fact.sentiment_lowest,
  fact.intent_score,
  fact.own_intent,
  fact.emotion,
  signal.model,
  signal.summary_parts,
  fact.wait_seconds,
  fact.talk_seconds,
  fact.hold_seconds,
  fact.wrap_up_seconds,
  fact.handle_seconds,
  fact.first_response_seconds,
  fact.first_response_business_seconds,
  fact.first_response_with_bot_seconds,
  fact.full_resolution_seconds,
  fact.full_resolution_business_seconds
from mart.interaction_fact as fact
left join core.interaction as interaction on interaction.id = cast($id as uuid)
left join signal.interaction as signal on signal.interaction_id = cast($id as uuid)
left join mart.customer as customer on customer.customer_id = fact.customer_id
where fact.interaction_id = $id
limit 1
