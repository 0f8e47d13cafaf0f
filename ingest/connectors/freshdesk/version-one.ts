import { isLoose, objectOf, objectsOf, textOf, textsOf, type Loose } from '../../formats/value.ts';

/** Version 1 of the API, which the export of an account is written in: each record under the name of its kind. */

/** What stands in `{ helpdesk_ticket: { … } }`, in the words of version 2; what is not of version 1 stays as it is. */
export function ofVersionOne(item: Loose): Loose {
  const [kind, ...others] = Object.keys(item);
  const record = kind && others.length === 0 ? item[kind] : undefined;
  if (!isLoose(record)) return item;
  if (kind === 'helpdesk_ticket') return ticketOf(record);
  if (kind === 'user') return personOf(record);
  if (kind === 'agent') return { ...record, id: record.user_id, contact: objectOf(record.user) };
  if (kind === 'group') return { ...record, agent_ids: [] };
  if (kind === 'company' || kind === 'customer') return { ...record, domains: domainsOf(record.domains) };
  return record;
}

/** The number that people know a ticket by is its id in version 2; its own id is of no use any more. */
const ticketOf = (ticket: Loose): Loose => ({
  ...ticket,
  id: ticket.display_id,
  description: ticket.description_html,
  description_text: ticket.description,
  tags: objectsOf(ticket.tags).flatMap(({ name }) => textOf(name) ?? []),
  attachments: filesOf(ticket),
  conversations: objectsOf(ticket.notes).map((item) => noteOf(isLoose(item.note) ? item.note : item)),
});

const noteOf = (note: Loose): Loose => ({
  ...note,
  body: note.body_html,
  body_text: note.body,
  attachments: filesOf(note),
});

const personOf = (user: Loose): Loose =>
  user.helpdesk_agent === true
    ? { ...user, contact: { name: user.name } }
    : { ...user, unique_external_id: user.external_id, company_id: user.company_id ?? user.customer_id };

const filesOf = (record: Loose): Loose[] =>
  objectsOf(record.attachments).map((item) => {
    const file = isLoose(item.attachment) ? item.attachment : item;
    return {
      id: file.id,
      name: file.content_file_name,
      content_type: file.content_content_type,
      size: file.content_file_size,
    };
  });

const domainsOf = (domains: unknown): string[] =>
  Array.isArray(domains)
    ? textsOf(domains)
    : (textOf(domains)
        ?.split(/[\s,]+/)
        .filter(Boolean) ?? []);
