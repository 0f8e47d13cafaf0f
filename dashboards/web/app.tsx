import { needsKey } from './api.ts';
import { Shell } from './components/shell.tsx';
import { SignIn } from './components/sign-in.tsx';
import { Account } from './pages/account.tsx';
import { Accounts } from './pages/accounts.tsx';
import { Conversation } from './pages/conversation.tsx';
import { Conversations } from './pages/conversations.tsx';
import { Customer } from './pages/customer.tsx';
import { Customers } from './pages/customers.tsx';
import { Definitions } from './pages/definitions.tsx';
import { Missing } from './pages/missing.tsx';
import { Overview } from './pages/overview.tsx';
import { OwnIntents } from './pages/own-intents.tsx';
import { ReExplaining } from './pages/re-explaining.tsx';
import { Reasons } from './pages/reasons.tsx';
import { Sources } from './pages/sources.tsx';
import { Sql } from './pages/sql.tsx';
import { Topics } from './pages/topics.tsx';
import { matchRoute, place, type Route } from './router.ts';

export function App() {
  if (needsKey.value) return <SignIn />;
  return (
    <Shell>
      <Page route={matchRoute(place.value.path)} />
    </Shell>
  );
}

const pages = {
  overview: Overview,
  conversations: Conversations,
  customers: Customers,
  accounts: Accounts,
  reasons: Reasons,
  topics: Topics,
  ownIntents: OwnIntents,
  reExplaining: ReExplaining,
  sql: Sql,
  sources: Sources,
  definitions: Definitions,
  missing: Missing,
} as const;

function Page({ route }: { route: Route }) {
  if (route.page === 'conversation') return <Conversation key={route.id} id={route.id} />;
  if (route.page === 'customer') return <Customer key={route.id} id={route.id} />;
  if (route.page === 'account') return <Account key={route.id} id={route.id} />;
  const Shown = pages[route.page];
  return <Shown />;
}
