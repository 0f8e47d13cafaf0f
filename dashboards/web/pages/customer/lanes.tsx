import { useCallback, useMemo } from 'preact/hooks';
import type { CustomerDetail } from '../../../api/schemas/customers.ts';
import { customerLanes, type Contact } from '../../charts/customer-lanes.ts';
import { Chart } from '../../components/chart.tsx';
import { Empty } from '../../components/states.tsx';
import { conversationPath, navigate } from '../../router.ts';

export const allContacts = (detail: CustomerDetail) => [
  ...detail.episodes.flatMap((episode) => episode.interactions),
  ...detail.otherInteractions,
];

const contactsOf = (detail: CustomerDetail): Contact[] =>
  allContacts(detail).map(({ id, channel, startedAt, sentiment, intent, episodeId }) => ({
    id,
    channel,
    startedAt: new Date(startedAt),
    sentiment,
    intent,
    episodeId,
  }));

export function Lanes({ detail }: { detail: CustomerDetail }) {
  const contacts = useMemo(() => contactsOf(detail), [detail]);
  const draw = useCallback((width: number) => customerLanes(contacts, { width }), [contacts]);
  if (contacts.length === 0) return <Empty title="No contacts" />;
  return (
    <>
      <Chart draw={draw} height={96} onPick={({ id }: Contact) => navigate(conversationPath(id))} />
      <p class="small faint">A ring marks a contact in which the customer sounded negative.</p>
    </>
  );
}
