import { control } from '../../../controls/secret-public-policy';
import { RefusedError } from '../../../core/errors';
import type { Json } from '../../../core/json';
import { ChangedMeanwhileError } from '../../../resources/kit/live-resource';
import { secretAdapter } from '../../../resources/secret/adapter';
import { secretFromApi } from '../../../resources/secret/model';
import { planUndo } from '../../../resources/secret/undo';
import { InMemoryAws } from '../../faults/aws/in-memory-aws';

const place = { accountId: '222222222222', region: 'eu-west-1' };
const arn = `arn:aws:secretsmanager:${place.region}:${place.accountId}:secret:orders-AbCdEf`;
const createdAt = new Date('2026-01-02T03:04:05Z');
const statement = (Principal: Json) => ({
  Effect: 'Allow',
  Principal,
  Action: 'secretsmanager:GetSecretValue',
  Resource: '*',
});
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const partner = statement({ AWS: 'arn:aws:iam::444455556666:root' });
const open = statement('*');
const parameters = control.parameters.parse({});

let aws: InMemoryAws;
let restore: () => void;
beforeEach(() => {
  aws = new InMemoryAws();
  restore = aws.install();
});
afterEach(() => restore());

function plant(policy?: string) {
  aws.secretsManager.createSecret(arn, { ...place, name: 'orders', createdAt, policy });
  const finding = { ...place, control: control.id, resourceType: control.resourceType, resourceId: arn };
  return secretAdapter().open({
    finding,
    credentials: aws.adminCredentials(place.accountId),
    signal: new AbortController().signal,
    mayWrite: async () => {},
  });
}

async function readingOf(live: ReturnType<typeof plant>) {
  const read = await live.read();
  if (read === 'gone') throw new Error('It is there.');
  return read;
}

it('has Secrets Manager check a fix for what is public, and gives an undo back as it was', async () => {
  const puts = vi.spyOn(aws.secretsManager.commands, 'PutResourcePolicy');
  const planted = policyOf(partner, open);
  const live = plant(planted);
  const before = await readingOf(live);
  const plan = control.plan(before.resource, [], parameters);
  await live.apply(plan, before, () => {});
  const after = await readingOf(live);
  const undo = planUndo(
    { steps: [{ before: before.before, changes: plan.changes, made: plan.changes }], after: after.before },
    after.before,
  );
  await live.applyUndo(undo.kind === 'undo' ? undo.changes : [], () => {});
  expect(aws.secretsManager.secret(arn)?.policy).toBe(planted);
  const asked = puts.mock.calls.map(
    ([input]) => (input as { BlockPublicPolicy?: boolean }).BlockPublicPolicy,
  );
  expect(asked).toEqual([true, false]);
});

it('says in the words of Secrets Manager that what is left is public to it', async () => {
  const live = plant(policyOf(open, partner));
  const before = await readingOf(live);
  const change = { action: 'removeStatement', text: '', index: 1, statement: partner } as const;
  const made = live.apply({ changes: [change], lossy: false, losses: [] }, before, () => {});
  await expect(made).rejects.toThrow(RefusedError);
  await expect(made).rejects.toThrow('did not prevent broad access');
});

it('is gone while it is marked for deletion', async () => {
  const live = plant(policyOf(open));
  const state = aws.secretsManager.secret(arn);
  if (state) state.deletedAt = createdAt;
  expect(await live.read()).toBe('gone');
});

it('changes nothing where somebody else changed the policy meanwhile', async () => {
  const live = plant(policyOf(partner, open));
  const before = await readingOf(live);
  const plan = control.plan(before.resource, [], parameters);
  const state = aws.secretsManager.secret(arn);
  if (state) state.policy = policyOf(open);
  await expect(live.apply(plan, before, () => {})).rejects.toThrow(ChangedMeanwhileError);
  expect(state?.policy).toBe(policyOf(open));
});

it('leaves alone another secret that was made since', () => {
  const saved = (policy: string, CreatedDate: string) => ({ ARN: arn, CreatedDate, ResourcePolicy: policy });
  const before = saved(policyOf(partner, open), '2026-01-01T00:00:00.000Z');
  const { changes } = control.plan(secretFromApi(before), [], parameters);
  const after = saved(policyOf(partner), before.CreatedDate);
  const history = { steps: [{ before, changes, made: changes }] as const, after };
  expect(planUndo(history, after)).toMatchObject({ kind: 'undo' });
  expect(planUndo(history, { ...after, CreatedDate: '2026-02-02T00:00:00.000Z' })).toEqual({
    kind: 'changed',
    differences: ['The secret was deleted since the fix, and another was made.'],
  });
});

it('takes what get-resource-policy answers, and the form of all policies', () => {
  const ResourcePolicy = policyOf(open);
  const expected = { id: arn, accountId: place.accountId, arn, policy: { text: ResourcePolicy } };
  expect(secretFromApi({ ARN: arn, Name: 'orders', ResourcePolicy })).toMatchObject(expected);
  expect(secretFromApi({ Name: arn, Policy: ResourcePolicy })).toMatchObject(expected);
  expect(secretFromApi({ ARN: arn, Name: 'orders' }).policy).toBeUndefined();
});
