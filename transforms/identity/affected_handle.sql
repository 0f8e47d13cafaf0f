-- One row per handle around which the graph changed: handles that came or went, ends of links that came or went, and
-- handles newly decided about. A link that only a decision parts ('parted by a decision') counts as there.
with linking as (
  select handle_id, other_handle_id, evidence from ruled_edge where reason is null
),

linked as (
  select handle_id, other_handle_id, evidence
  from identity.edge
  where is_used or unused_reason = 'parted by a decision'
),

changed as (
  (select * from linking except select * from linked)
  union all
  (select * from linked except select * from linking)
)

select handle_id from changed
union
select other_handle_id from changed
union
(select handle_id from usable_handle except select handle_id from identity.handle_customer)
union
(select handle_id from identity.handle_customer except select handle_id from usable_handle)
union
select handle_id from decided_pair where revision > $done
union
select other_handle_id from decided_pair where revision > $done
