-- One row per changed interaction: the wide row as it has to be now, but for its episode.
select
  cast(interaction.id as varchar) as interaction_id,
  cast(interaction.customer_id as varchar) as customer_id,
  cast(null as varchar) as episode_id,
  interaction.source,
  interaction.native_id,
  interaction.channel,
  fact_interval.channel_group,
  fact_interval.is_sync,
  interaction.direction,
  interaction.account,
  interaction.brand,
  interaction.subject,
  interaction.status,
  interaction.priority,
  interaction.mention,
  cast(fact_people.queue_id as varchar) as queue_id,
  coalesce(queue.name, queue.native_id) as queue,
  cast(fact_people.agent_id as varchar) as agent_id,
  coalesce(agent.name, agent.native_id) as agent,
  agent.team,
  cast(fact_people.agent_count as integer) as agent_count,
  signal.language,
  interaction.started_at,
  interaction.ended_at,
  date_trunc('hour', interaction.started_at) as started_hour,
  cast(interaction.started_at as date) as started_day,
  cast(fact_interval.utterance_count as integer) as utterance_count,
  cast(fact_interval.customer_utterance_count as integer) as customer_utterance_count,
  cast(fact_interval.agent_utterance_count as integer) as agent_utterance_count,
  cast(fact_interval.bot_utterance_count as integer) as bot_utterance_count,
  fact_interval.was_answered as is_handled,
  fact_interval.is_abandoned,
  fact_interval.is_abandoned and coalesce(fact_interval.wait_seconds, 0) < $short_abandon_seconds as is_short_abandon,
  -- A contact that was handed to a person is not the bot's alone, even where the person never wrote.
  fact_interval.bot_utterance_count > 0
    and not fact_interval.was_answered
    and fact_interval.handed_over_at is null
    and fact_interval.queued_at is null
    and fact_people.agent_id is null as is_bot_only,
  fact_interval.was_queued,
  fact_interval.was_answered,
  fact_interval.was_transferred,
  fact_interval.reopened_at is not null as was_reopened,
  -- A live contact is closed because it is over, which says nothing about the matter; marked as solved, the words go first.
  (
    coalesce(interaction.status, '') = 'solved'
      and not (fact_interval.is_sync and coalesce(signal.outcome, '') in ('not_resolved', 'gave_up'))
  )
    or (
      coalesce(interaction.status, '') = 'closed'
      and not fact_interval.is_sync
      and coalesce(signal.outcome, '') not in ('not_resolved', 'gave_up')
    )
    or coalesce(signal.outcome, '') = 'resolved' as is_resolved,
  case
    when interaction.channel = 'survey' or coalesce(interaction.direction, '') = 'internal' then false
    when fact_interval.customer_word_count > 0 then true
    when coalesce(interaction.direction, '') = 'outbound' then false
    when fact_interval.unknown_word_count > 0 then true
    when fact_interval.automatic_count > 0 or fact_interval.was_triggered then false
    else fact_interval.utterance_count = 0 or (fact_interval.is_sync and coalesce(interaction.direction, '') = 'inbound')
  end as is_customer_contact,
  cast(fact_interval.wait_seconds as double) as wait_seconds,
  cast(fact_interval.talk_seconds as double) as talk_seconds,
  cast(fact_interval.hold_seconds as double) as hold_seconds,
  cast(fact_interval.wrap_up_seconds as double) as wrap_up_seconds,
  cast(fact_interval.handle_seconds as double) as handle_seconds,
  cast(fact_interval.first_response_seconds as double) as first_response_seconds,
  cast(fact_business.first_response_business_seconds as double) as first_response_business_seconds,
  cast(fact_interval.first_response_with_bot_seconds as double) as first_response_with_bot_seconds,
  cast(fact_interval.full_resolution_seconds as double) as full_resolution_seconds,
  cast(fact_business.full_resolution_business_seconds as double) as full_resolution_business_seconds,
  coalesce(fact_interval.wait_seconds, 0) < 0
    or coalesce(fact_interval.talk_seconds, 0) < 0
    or coalesce(fact_interval.hold_seconds, 0) < 0
    or coalesce(fact_interval.wrap_up_seconds, 0) < 0
    or coalesce(fact_interval.handle_seconds, 0) < 0
    or coalesce(fact_interval.full_resolution_seconds, 0) < 0 as has_negative_interval,
  fact_survey.csat_score,
  fact_survey.csat_scale_min,
  fact_survey.csat_scale_max,
  fact_survey.nps_score,
  fact_survey.ces_score,
  cast(signal.sentiment as double) as sentiment,
  cast(signal.sentiment_start as double) as sentiment_start,
  cast(signal.sentiment_end as double) as sentiment_end,
  cast(signal.sentiment_shift as double) as sentiment_shift,
  cast(signal.sentiment_lowest as double) as sentiment_lowest,
  signal.sentiment is not null as is_scored,
  signal.is_frustrated,
  signal.intent,
  split_part(signal.intent, '.', 1) as intent_group,
  cast(signal.intent_score as double) as intent_score,
  signal.emotion,
  signal.outcome,
  signal.summary,
  cast(null as boolean) as is_repeat_contact,
  cast(null as boolean) as is_channel_switch,
  cast(null as boolean) as was_followed_up,
  cast($revision as bigint) as revision
from fact_interval
join core.interaction
  on interaction.id = fact_interval.interaction_id
join fact_people
  on fact_people.interaction_id = fact_interval.interaction_id
left join fact_business
  on fact_business.interaction_id = fact_interval.interaction_id
left join fact_survey
  on fact_survey.interaction_id = fact_interval.interaction_id
left join signal.interaction as signal
  on signal.interaction_id = fact_interval.interaction_id
left join core.agent
  on agent.id = fact_people.agent_id
left join core.queue
  on queue.id = fact_people.queue_id
