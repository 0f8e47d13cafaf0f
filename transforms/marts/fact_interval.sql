-- One row per changed interaction: its times in seconds, and the spans that business hours are taken of. Events go before a
-- vendor's measures. Nothing is clamped: a negative span shows two clocks that disagree.
with stated as (
  select
    fact_state.*,
    may_be_abandoned and (
      abandon_event_at is not null
      or coalesce(status, '') = 'abandoned'
      or (is_over and (queued_at is not null or measured_wait_seconds is not null))
    ) as is_abandoned,
    coalesce(event_hold_seconds, measured_hold_seconds) as held_seconds
  from fact_state
),

timed as (
  select
    stated.*,
    case
      when not is_sync or coalesce(direction, '') = 'outbound' then null
      when was_answered and answered_at is not null and (queued_at is not null or measured_wait_seconds is null)
        then date_diff('millisecond', coalesce(queued_at, handed_over_at, started_at), answered_at) / 1000.0
      when was_answered then measured_wait_seconds
      when is_abandoned and queued_at is null and measured_wait_seconds is not null then measured_wait_seconds
      when is_abandoned then date_diff('millisecond', coalesce(queued_at, handed_over_at, started_at), left_at) / 1000.0
    end as wait_seconds,
    case
      when not (is_sync and was_answered) then null
      when connected_seconds is not null then connected_seconds - coalesce(held_seconds, 0)
      when answered_at is not null and ended_at is not null and is_over
        then date_diff('millisecond', answered_at, ended_at) / 1000.0 - coalesce(held_seconds, 0)
      when measured_talk_seconds is not null then measured_talk_seconds
      when answered_at is not null then date_diff('millisecond', answered_at, ended_at) / 1000.0 - coalesce(held_seconds, 0)
      when queued_at is null then date_diff('millisecond', started_at, ended_at) / 1000.0 - coalesce(held_seconds, 0)
    end as talk_seconds,
    case when is_sync and was_answered then held_seconds end as hold_seconds,
    case
      when not (is_sync and was_answered) then null
      else coalesce(event_wrap_up_seconds, measured_wrap_up_seconds)
    end as wrap_up_seconds,
    case
      when solved_at is not null and (reopened_at is null or solved_at > reopened_at) then solved_at
    end as resolved_at
  from stated
)

select
  timed.*,
  case
    when is_sync then talk_seconds + coalesce(hold_seconds, 0) + coalesce(wrap_up_seconds, 0)
    when assigned_at is not null then date_diff('millisecond', assigned_at, resolved_at) / 1000.0
  end as handle_seconds,
  coalesce(
    date_diff('millisecond', first_customer_at, first_response_at) / 1000.0,
    case when agent_utterance_count = 0 then measured_first_response_seconds end
  ) as first_response_seconds,
  date_diff('millisecond', first_customer_at, first_response_with_bot_at) / 1000.0 as first_response_with_bot_seconds,
  coalesce(
    date_diff('millisecond', started_at, resolved_at) / 1000.0,
    case when solved_at is null and status in ('solved', 'closed') then measured_full_resolution_seconds end
  ) as full_resolution_seconds
from timed
