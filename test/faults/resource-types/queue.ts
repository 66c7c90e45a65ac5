import { control } from '../../../controls/sqs-public-policy';
import { queueAdapter } from '../../../resources/queue/adapter';
import type { InMemoryAws } from '../aws/in-memory-aws';
import type { QueueState } from '../aws/sqs/sqs';
import type { ResourceType, Variant } from './resource-type';

const name = 'planted-queue';
const region = 'eu-west-1';
const partner = 'arn:aws:iam::777777777777:root';
let url = '';

const ours = statement('Ours', { AWS: partner });
const open = statement('Open', '*');
const mixed = statement('Mixed', { AWS: ['*', partner] });
const worse = statement('Worse', '*');
const harmless = statement('Harmless', { AWS: 'arn:aws:iam::888888888888:root' });

const planted: Record<Exclude<Variant, 'lossy'>, object[]> = {
  simple: [ours, open],
  several: [ours, mixed, open],
  whole: [open, worse],
};
const left: Record<Exclude<Variant, 'lossy'>, object[]> = {
  simple: [ours],
  several: [ours, statement('Mixed', { AWS: partner })],
  whole: [],
};

/** Queues: policies with public and private parts. */
export const queue: ResourceType = {
  name: 'queue',
  identity: (accountId) => ({
    accountId,
    region,
    control: control.id,
    resourceType: control.resourceType,
    resourceId: urlIn(accountId),
  }),
  adapter: queueAdapter(),
  variants: ['simple', 'several', 'whole'],
  plant(aws, accountId, variant) {
    url = urlIn(accountId);
    aws.sqs.createQueue(url, {
      accountId,
      region,
      name,
      policy: policyOf(statementsOf(planted, variant)),
      attributes: { QueueArn: `arn:aws:sqs:${region}:${accountId}:${name}`, CreatedTimestamp: '1' },
      tags: { name: 'planted' },
    });
  },
  edit: {
    worsen: (aws) => changed(aws, (statements) => withStatement(statements, worse)),
    mend: (aws) => changed(aws, (statements) => statements.filter((one) => !isOpen(one))),
    reopen: (aws, variant) => changed(aws, () => statementsOf(planted, variant)),
    unrelated: (aws) => changed(aws, (statements) => withStatement(statements, harmless)),
  },
  dangers: (aws) => there(aws).filter(isOpen).map(inWords),
  state(aws) {
    const state = queueIn(aws);
    if (!state) return [];
    return [
      ...there(aws).map(inWords),
      ...Object.entries(state.tags ?? {}).map(([key, value]) => `tag ${key}=${value}`),
    ];
  },
  fixed: (variant) => [...statementsOf(left, variant).map(inWords), 'tag name=planted'],
  unrelated: [inWords(harmless)],
};

function urlIn(accountId: string): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}

function statementsOf(of: Record<Exclude<Variant, 'lossy'>, object[]>, variant: Variant): object[] {
  if (variant === 'lossy') throw new Error('A queue has no danger that takes something harmless with it.');
  return of[variant];
}

function queueIn(aws: InMemoryAws): QueueState | undefined {
  return aws.sqs.queue(url);
}

function there(aws: InMemoryAws): object[] {
  return (JSON.parse(queueIn(aws)?.policy ?? '{"Statement":[]}') as { Statement: object[] }).Statement;
}

/** @returns whether the owner's edit changed anything */
function changed(aws: InMemoryAws, edit: (statements: object[]) => object[]): boolean {
  const state = queueIn(aws);
  if (!state) return false;
  const before = state.policy;
  const statements = edit(there(aws));
  state.policy = statements.length === 0 ? undefined : policyOf(statements);
  return state.policy !== before;
}

function withStatement(statements: object[], added: object): object[] {
  const isThere = statements.some((one) => inWords(one) === inWords(added));
  return isThere ? statements : [...statements, added];
}

/** By the principals that the scenarios plant. */
function isOpen(one: object): boolean {
  return JSON.stringify((one as { Principal?: unknown }).Principal).includes('"*"');
}

function statement(Sid: string, Principal: unknown): object {
  return { Sid, Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*' };
}

function policyOf(Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/** Without differences that mean nothing: a list of one is as good as the one. */
function inWords(one: object): string {
  return JSON.stringify(one, (_key, value: unknown) =>
    Array.isArray(value) && value.length === 1 ? value[0] : value,
  );
}
