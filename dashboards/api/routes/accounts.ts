import { errorMessage } from '../../../errors.ts';
import { getAccountDetail, listAccounts, mergeAccounts, splitAccount } from '../accounts.ts';
import { audit } from '../audit.ts';
import type { App, Dependencies } from '../dependencies.ts';
import {
  AccountChange,
  AccountDetail,
  AccountList,
  AccountsQuery,
  MergeAccountsBody,
  SplitAccountBody,
} from '../schemas/accounts.ts';
import { IdParams } from '../schemas/shared.ts';

export function accountRoutes(app: App, dependencies: Dependencies): void {
  const { store } = dependencies;
  app.get(
    '/v1/accounts',
    {
      config: { permission: 'customers' },
      schema: {
        summary: 'Companies that are customers, page by page',
        querystring: AccountsQuery,
        response: { 200: AccountList },
      },
    },
    async ({ query }) => listAccounts(store, query),
  );
  app.get(
    '/v1/accounts/:id',
    {
      config: { permission: 'customers' },
      schema: {
        summary: 'One account: its members, the records it is made of and why they belong together',
        params: IdParams,
        response: { 200: AccountDetail },
      },
    },
    async ({ params }) => getAccountDetail(store, params.id),
  );
  accountDecisions(app, dependencies);
}

/** People's word on which records are one company. */
function accountDecisions(app: App, dependencies: Dependencies): void {
  const { store, now, pipeline, logger } = dependencies;
  const followUp = (action: string): void => {
    pipeline.run().catch((error) => logger.error(`the pass after "${action}" failed: ${errorMessage(error)}`));
  };
  app.post(
    '/v1/accounts/:id/split',
    {
      config: { permission: 'identity' },
      schema: {
        summary: 'Some records of this account are of another company',
        params: IdParams,
        body: SplitAccountBody,
        response: { 200: AccountChange },
      },
    },
    async ({ params: { id }, body, caller }) => {
      const change = await splitAccount({ ...body, id, decidedBy: caller!.actor }, dependencies);
      await audit(store, caller, { action: 'split account', subject: id, detail: JSON.stringify(body), at: now() });
      followUp('split account');
      return change;
    },
  );
  app.post(
    '/v1/accounts/merge',
    {
      config: { permission: 'identity' },
      schema: { summary: 'Two accounts are one company', body: MergeAccountsBody, response: { 200: AccountChange } },
    },
    async ({ body, caller }) => {
      const change = await mergeAccounts({ ...body, decidedBy: caller!.actor }, dependencies);
      const detail = JSON.stringify(body);
      await audit(store, caller, { action: 'merge accounts', subject: body.accountId, detail, at: now() });
      followUp('merge accounts');
      return change;
    },
  );
}
