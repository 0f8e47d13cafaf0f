import { ok, reject, type Outcome } from '../connector.ts';
import type { FactList } from '../fact-list.ts';
import { domainsOf } from '../formats/domain.ts';
import type { FieldReader } from './field-reader.ts';
import { addCustomer, listOf, present } from './shared-facts.ts';

/** The addresses of one person, and the record that a CRM keeps of them where it has an id. */
export function mapCustomer(read: FieldReader): Outcome {
  const facts = listOf(read);
  const at = (read.time('time') ?? read.time('changed'))?.at ?? read.context.delivery.receivedAt;
  const handleId = addCustomer(facts, read, undefined, at);
  if (handleId === undefined) return reject('a customer without an address of the form its type asks for');
  const nativeId = read.text('id');
  if (nativeId !== undefined)
    facts.person({
      nativeId,
      handleId,
      ...recordOf(facts, read),
      ...present({
        language: read.text('language'),
        lifecycle: read.text('lifecycle'),
        consent: read.word('consent'),
        accountIds: read.list('companies')?.map((company) => facts.accountId(company)),
      }),
    });
  return ok(facts.facts);
}

export function mapCompany(read: FieldReader): Outcome {
  const facts = listOf(read);
  const parent = read.text('parent');
  const domains = domainsOf(read.list('domains') ?? []);
  facts.account({
    nativeId: read.need('id'),
    ...recordOf(facts, read),
    ...present({
      domains: domains.length > 0 ? domains : undefined,
      plan: read.text('plan'),
      parentId: parent && facts.accountId(parent),
      url: read.text('url'),
    }),
  });
  return ok(facts.facts);
}

function recordOf(facts: FactList, read: FieldReader) {
  const owner = read.text('owner');
  return present({
    name: read.text('name'),
    country: read.text('country'),
    segment: read.text('segment'),
    ownerId: owner && facts.agent({ nativeId: owner }),
    sinceAt: read.time('since')?.at,
  });
}
