-- One row per changed interaction with utterances. Words are what people and bots said in public; what a machine sent on
-- its own (auto-reply, bounce, template) is counted apart and never an answer.
with said as (
  select
    utterance.interaction_id,
    utterance.role,
    utterance.agent_id,
    utterance.occurred_at,
    coalesce(utterance.is_automatic, false) as is_automatic,
    coalesce(utterance.visibility, 'public') = 'public' as is_public
  from core.utterance
  join changed_fact
    on changed_fact.interaction_id = utterance.interaction_id
),

begun as (
  select
    interaction_id,
    min(occurred_at) as first_customer_at
  from said
  where role = 'customer'
    and is_public
    and not is_automatic
  group by interaction_id
)

select
  said.interaction_id,
  count(*) as utterance_count,
  count_if(said.role = 'customer') as customer_utterance_count,
  count_if(said.role = 'agent' and said.is_public and not said.is_automatic) as agent_utterance_count,
  count_if(said.role = 'bot' and said.is_public and not said.is_automatic) as bot_utterance_count,
  count_if(said.role = 'customer' and said.is_public and not said.is_automatic) as customer_word_count,
  count_if(said.role is null and not said.is_automatic) as unknown_word_count,
  count_if(said.is_automatic) as automatic_count,
  min(begun.first_customer_at) as first_customer_at,
  min(case when said.role = 'agent' and said.is_public and not said.is_automatic then said.occurred_at end) as first_agent_at,
  min(
    case
      when said.role = 'agent' and said.is_public and not said.is_automatic and said.occurred_at >= begun.first_customer_at
        then said.occurred_at
    end
  ) as first_response_at,
  min(
    case
      when said.role in ('agent', 'bot') and said.is_public and not said.is_automatic and said.occurred_at >= begun.first_customer_at
        then said.occurred_at
    end
  ) as first_response_with_bot_at,
  max(said.occurred_at) as last_utterance_at
from said
left join begun
  on begun.interaction_id = said.interaction_id
group by said.interaction_id
