delete from identity.edge
using edge_gone
where edge.handle_id = edge_gone.handle_id
  and edge.other_handle_id = edge_gone.other_handle_id
  and edge.evidence = edge_gone.evidence
