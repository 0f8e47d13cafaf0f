-- The links among affected handles, strongest first: what people decided, then what profiles state, then conversations
-- by their number.
select
  handle_id,
  other_handle_id,
  evidence
from ruled_edge
where reason is null
  and handle_id in (select affected_handle.handle_id from affected_handle)
order by
  case when evidence = 'decision' then 0 when evidence like 'profile:%' then 1 else 2 end,
  count_seen desc,
  handle_id,
  other_handle_id,
  evidence
