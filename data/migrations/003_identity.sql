-- Why handles belong to one customer, and what people decided about it.
create schema identity;

-- One row per handle: the customer it belongs to now. Recomputed from the evidence, never edited.
create table identity.handle_customer (
  handle_id uuid not null,
  customer_id uuid not null
);

-- One row per pair of handles and kind of evidence; `is_used` is false where a rule keeps the pair from linking.
create table identity.edge (
  handle_id uuid not null,
  other_handle_id uuid not null,
  evidence varchar not null,
  source varchar not null,
  first_seen_at timestamp not null,
  last_seen_at timestamp not null,
  count_seen bigint not null,
  is_used boolean not null,
  unused_reason varchar
);

-- One row per decision of a person: two handles are, or are not, the same customer; a handle is shared. The newest one
-- about a pair holds; nothing is deleted.
create table identity.decision (
  id uuid not null,
  kind varchar not null,
  handle_id uuid not null,
  other_handle_id uuid,
  reason varchar not null,
  decided_by varchar not null,
  decided_at timestamp not null,
  revision bigint not null
);

-- One row per customer id that was in use before: where its people are found now.
create table identity.customer_alias (
  old_customer_id uuid not null,
  customer_id uuid not null,
  changed_at timestamp not null
);
