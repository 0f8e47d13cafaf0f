-- The pairs that link, strongest first.
select
  record_id as handle_id,
  other_record_id as other_handle_id,
  evidence
from account_pair
where reason is null
order by
  strength,
  record_id,
  other_record_id
