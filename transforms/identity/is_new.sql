-- One row: whether anything that identity rests on is newer than what resolving has done.
select
  exists (select 1 from core.participant where revision > $done)
  or exists (select 1 from core.profile where revision > $done)
  or exists (select 1 from core.handle where revision > $done)
  or exists (select 1 from core.thread_link where revision > $done)
  or exists (select 1 from core.interaction where revision > $done)
  or exists (select 1 from core.person where revision > $done)
  or exists (select 1 from core.account where revision > $done)
  or exists (select 1 from core.membership where revision > $done)
  or exists (select 1 from identity.account_decision where revision > $done)
  or exists (select 1 from identity.decision where revision > $done) as is_new
