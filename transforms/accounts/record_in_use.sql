-- One row per record of a company that its source has not deleted. A merged record stays: it is the same company. Legal
-- forms and punctuation are no part of `plain_name`.
select
  account.id as record_id,
  account.source,
  account.native_id,
  trim(regexp_replace(
    lower(trim(regexp_replace(account.name, '[^\pL\pN]+', ' ', 'g'))),
    '( (inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|company|gmbh|mbh|kg|ag|se|ug|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|pty|pte|kk))+$',
    ''
  )) as plain_name,
  account.domains,
  account.external_ids,
  case when account.state = 'merged' then account.merged_into_id end as merged_into_id
from core.account
where coalesce(account.state, 'active') <> 'deleted'
