-- One row per episode of a touched customer. Its reason is the first one known; whether it is resolved, its last contact
-- says, and until then it is open. Sentiment runs from the start of the first scored contact to the end of the last one.
insert into mart.episode by name
with contact as (
  select
    interaction_fact.*,
    row_number() over (partition by episode_id order by started_at, interaction_id) as place,
    row_number() over (partition by episode_id order by started_at desc, interaction_id desc) as place_from_end,
    row_number() over (
      partition by episode_id
      order by case when intent_group not in ('complaint', 'contact', 'praise', 'feedback') then 0 when intent is not null then 1 else 2 end, started_at, interaction_id
    ) as place_of_intent,
    row_number() over (
      partition by episode_id
      order by case when is_scored then 0 else 1 end, started_at, interaction_id
    ) as place_of_score,
    row_number() over (
      partition by episode_id
      order by case when is_scored then 0 else 1 end, started_at desc, interaction_id desc
    ) as place_of_score_from_end,
    count(intent) over (partition by episode_id, intent) as count_of_intent
  from mart.interaction_fact
  where episode_id is not null
    and customer_id in (select touched_customer.customer_id from touched_customer)
)

select
  episode_id,
  min(customer_id) as customer_id,
  max(case when place_of_intent = 1 then intent end) as intent,
  max(case when place_of_intent = 1 then intent_group end) as intent_group,
  min(started_at) as started_at,
  max(ended_at) as ended_at,
  cast(min(started_at) as date) as started_day,
  cast(count(*) as integer) as interaction_count,
  cast(count(distinct channel) as integer) as channel_count,
  string_agg(distinct channel, ',' order by channel) as channels,
  max(case when place = 1 then channel end) as first_channel,
  max(case when place = 1 then channel_group end) as first_channel_group,
  max(case when place_from_end = 1 then channel end) as last_channel,
  max(case when place = 1 then source end) as source,
  max(case when place = 1 then account end) as account,
  max(case when place = 1 then brand end) as brand,
  max(case when place = 1 then queue end) as queue,
  max(case when place = 1 then team end) as team,
  max(case when place = 1 then agent end) as agent,
  max(case when place = 1 then direction end) as direction,
  max(case when place = 1 then language end) as language,
  max(case when place = 1 then emotion end) as emotion,
  cast(count_if(is_channel_switch) as integer) as switch_count,
  cast(count(distinct agent_id) as integer) as agent_count,
  count_if(place_from_end = 1 and is_resolved) > 0 as is_resolved,
  count_if(place_from_end = 1 and is_resolved) = 0 as is_open,
  cast(date_diff('millisecond', min(started_at), max(ended_at)) / 1000.0 as double) as duration_seconds,
  max(case when place_of_score = 1 then coalesce(sentiment_start, sentiment) end) as sentiment_start,
  max(case when place_of_score_from_end = 1 then coalesce(sentiment_end, sentiment) end) as sentiment_end,
  max(case when place_of_score_from_end = 1 then coalesce(sentiment_end, sentiment) end)
    - max(case when place_of_score = 1 then coalesce(sentiment_start, sentiment) end) as sentiment_shift,
  bool_or(is_frustrated) as is_frustrated,
  max(count_of_intent) > 1 as repeated_reason,
  count(*) > 1
    or max(agent_count) > 1
    or bool_or(was_transferred)
    or bool_or(bot_utterance_count > 0 and agent_utterance_count > 0) as was_passed_on,
  episode_id in (select cast(re_explaining.episode_id as varchar) from signal.re_explaining) as is_re_explained
from contact
group by episode_id
