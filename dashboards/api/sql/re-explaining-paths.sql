-- One row per path, from the channel on which something was said to the one on which the customer was afterwards, with the
-- episodes passed on that took it, and those in which it was said again; most of these first. A contact passed on within
-- itself is a path from its channel to the same.
with passing as (
  select episode_id
  from mart.episode
  where {where}
    and was_passed_on
),
contact as (
  select
    interaction_fact.episode_id,
    interaction_fact.channel,
    row_number() over (
      partition by interaction_fact.episode_id
      order by interaction_fact.started_at, interaction_fact.interaction_id
    ) as place,
    interaction_fact.agent_count > 1
      or interaction_fact.was_transferred
      or (interaction_fact.bot_utterance_count > 0 and interaction_fact.agent_utterance_count > 0) as was_passed_within
  from mart.interaction_fact
  join passing
    on passing.episode_id = interaction_fact.episode_id
),
repeated as (
  select
    cast(re_explaining.episode_id as varchar) as episode_id,
    earlier.channel as earlier_channel,
    later.channel as later_channel
  from signal.re_explaining
  join passing
    on passing.episode_id = cast(re_explaining.episode_id as varchar)
  join mart.interaction_fact as earlier
    on earlier.interaction_id = cast(re_explaining.earlier_interaction_id as varchar)
  join mart.interaction_fact as later
    on later.interaction_id = cast(re_explaining.later_interaction_id as varchar)
),
taken as (
  select
    earlier.episode_id,
    earlier.channel as earlier_channel,
    later.channel as later_channel
  from contact as earlier
  join contact as later
    on later.episode_id = earlier.episode_id
    and (later.place > earlier.place or (later.place = earlier.place and later.was_passed_within))
  union
  select
    repeated.episode_id,
    repeated.earlier_channel,
    repeated.later_channel
  from repeated
)
select
  taken.earlier_channel,
  taken.later_channel,
  count(distinct taken.episode_id) as episodes,
  count(distinct repeated.episode_id) as repeated_episodes
from taken
left join repeated
  on repeated.episode_id = taken.episode_id
  and repeated.earlier_channel = taken.earlier_channel
  and repeated.later_channel = taken.later_channel
group by
  taken.earlier_channel,
  taken.later_channel
order by
  repeated_episodes desc,
  episodes desc,
  taken.earlier_channel,
  taken.later_channel
