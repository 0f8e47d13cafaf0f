-- The pairs of records that people decided are not one company.
select
  least(record_id, other_record_id) as handle_id,
  greatest(record_id, other_record_id) as other_handle_id
from identity.account_decision
group by
  least(record_id, other_record_id),
  greatest(record_id, other_record_id)
having arg_max(kind, row(decided_at, id)) = 'different'
