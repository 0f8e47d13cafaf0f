-- One row per changed interaction: what happened to it and when, from events, words and the status.
-- A live contact is answered by an event, or where the source reports none by an agent's words; a call of which only the
-- words are known began when it was answered. Without an event a chat ends with its last words: when it is marked as solved
-- says nothing of how long an agent was busy. A customer who was in a queue (or rang) and left unanswered has abandoned.
with joined as (
  select
    interaction.id as interaction_id,
    interaction.started_at,
    interaction.status,
    interaction.direction,
    channel.channel_group,
    channel.is_sync,
    fact_event.queued_at,
    fact_event.assigned_at,
    fact_event.handed_over_at,
    fact_event.solved_at,
    fact_event.reopened_at,
    fact_event.abandoned_at as abandon_event_at,
    fact_event.answered_at as answer_event_at,
    coalesce(
      fact_event.ended_at,
      case when channel.channel_group <> 'voice' then fact_utterance.last_utterance_at end,
      interaction.ended_at
    ) as ended_at,
    fact_event.ended_at is not null or coalesce(interaction.status, '') in ('closed', 'solved', 'abandoned', 'failed') as is_over,
    fact_event.connected_seconds,
    fact_event.wrap_up_seconds as event_wrap_up_seconds,
    fact_event.hold_seconds as event_hold_seconds,
    coalesce(fact_event.was_transferred, false) as was_transferred,
    coalesce(fact_event.was_triggered, false) as was_triggered,
    fact_measure.wait_seconds as measured_wait_seconds,
    fact_measure.talk_seconds as measured_talk_seconds,
    fact_measure.hold_seconds as measured_hold_seconds,
    fact_measure.wrap_up_seconds as measured_wrap_up_seconds,
    fact_measure.first_response_seconds as measured_first_response_seconds,
    fact_measure.first_response_business_seconds as measured_first_response_business_seconds,
    fact_measure.full_resolution_seconds as measured_full_resolution_seconds,
    fact_measure.full_resolution_business_seconds as measured_full_resolution_business_seconds,
    coalesce(fact_utterance.utterance_count, 0) as utterance_count,
    coalesce(fact_utterance.customer_utterance_count, 0) as customer_utterance_count,
    coalesce(fact_utterance.agent_utterance_count, 0) as agent_utterance_count,
    coalesce(fact_utterance.bot_utterance_count, 0) as bot_utterance_count,
    coalesce(fact_utterance.customer_word_count, 0) as customer_word_count,
    coalesce(fact_utterance.unknown_word_count, 0) as unknown_word_count,
    coalesce(fact_utterance.automatic_count, 0) as automatic_count,
    fact_utterance.first_customer_at,
    fact_utterance.first_agent_at,
    fact_utterance.first_response_at,
    fact_utterance.first_response_with_bot_at
  from changed_fact
  join core.interaction
    on interaction.id = changed_fact.interaction_id
  join channel
    on channel.channel = interaction.channel
  left join fact_event
    on fact_event.interaction_id = interaction.id
  left join fact_measure
    on fact_measure.interaction_id = interaction.id
  left join fact_utterance
    on fact_utterance.interaction_id = interaction.id
),

answered as (
  select
    joined.*,
    answer_event_at is not null
      or agent_utterance_count > 0
      or (is_sync and coalesce(measured_talk_seconds, 0) > 0 and abandon_event_at is null and status is distinct from 'failed')
      as was_answered,
    case
      when answer_event_at is not null then answer_event_at
      when is_sync and channel_group <> 'voice' then first_agent_at
    end as answered_at
  from joined
)

select
  answered.*,
  queued_at is not null or measured_wait_seconds is not null as was_queued,
  is_sync
    and not was_answered
    and direction is distinct from 'outbound'
    and (bot_utterance_count = 0 or queued_at is not null or handed_over_at is not null) as may_be_abandoned,
  coalesce(abandon_event_at, ended_at) as left_at
from answered
