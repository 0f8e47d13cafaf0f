-- How a customer came to an account, of a `member` of identity.account_customer.
member.evidence,
member.source,
member.detail,
member.title,
member.started_at,
member.ended_at,
member.is_current,
coalesce(member.place = 1, false) as is_main
