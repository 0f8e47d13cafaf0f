import { accountName } from '../../account-name.ts';
import { api } from '../../api.ts';
import { Icon } from '../../components/icon.tsx';
import { freshness } from '../../live.ts';
import { accountPath } from '../../router.ts';
import { useData } from '../../use-data.ts';

/** Says that the list holds the customers of one account, and takes that back. */
export function OfAccount({ id, onRemove }: { id: string; onRemove: () => void }) {
  const loaded = useData(freshness.value && `${id}/${freshness.value}`, (signal) => api.account(id, { signal }));
  const account = loaded.data?.account;
  return (
    <p class="of-account">
      Customers of <a href={accountPath(id)}>{accountName(id, account?.name ?? null, account?.domains)}</a>
      <button type="button" class="button quiet small" onClick={onRemove}>
        <Icon name="close" />
        Show everyone
      </button>
    </p>
  );
}
