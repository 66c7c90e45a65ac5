import { control } from '../../../controls/sqs-public-policy';
import type { FixHistory } from '../../../core/fix-step';
import type { Json } from '../../../core/json';
import { type Queue, queueFromApi } from '../../../resources/queue/model';
import { planUndo } from '../../../resources/queue/undo';

const statement = (Sid: string, Principal: Json) => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 'sqs:SendMessage',
  Resource: 'arn:aws:sqs:eu-west-1:222222222222:orders',
});
const partner = 'arn:aws:iam::444455556666:root';
const open = statement('Open', '*');
const ours = statement('Ours', { AWS: partner });
const mixed = statement('Mixed', { AWS: ['*', partner] });
const narrowed = statement('Mixed', { AWS: [partner] });

const planned = (before: Queue) => control.plan(before, [], control.parameters.parse({}));
const textOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, undefined, 1);
const queue = (policy: string | undefined, CreatedTimestamp = '1'): Json => ({
  QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/222222222222/orders',
  Attributes: { CreatedTimestamp, ...(policy !== undefined && { Policy: policy }) },
});

/** A fix of a queue with this policy, which left the other one. */
function fixed(before: string, after: string | undefined): FixHistory {
  const { changes } = planned(queueFromApi(queue(before)));
  return { steps: [{ before: queue(before), changes, made: changes }], after: queue(after) };
}

describe("the undo of a queue's fix", () => {
  it.each<[string, string, string | undefined]>([
    ['a policy that was deleted', textOf(open), undefined],
    ['a statement that was removed', textOf(ours, open), textOf(ours)],
    ['a statement that was narrowed', textOf(mixed, ours), textOf(narrowed, ours)],
  ])('gives back %s to the byte', (_, before, after) => {
    const undo = planUndo(fixed(before, after), queue(after));
    expect(undo).toMatchObject({ kind: 'undo', changes: [{ action: 'restorePolicy', policy: before }] });
  });

  it('has nothing to change where all is there again', () => {
    const history = fixed(textOf(ours, open), textOf(ours));
    expect(planUndo(history, queue(textOf(ours, open)))).toEqual({ kind: 'undo', changes: [] });
  });

  it('keeps what others added beside it', () => {
    const added = statement('Added', { AWS: 'arn:aws:iam::888888888888:root' });
    const undo = planUndo(fixed(textOf(ours, open), textOf(ours)), queue(textOf(ours, added)));
    const [change] = undo.kind === 'undo' ? undo.changes : [];
    expect(JSON.parse(String(change?.policy)).Statement).toEqual([ours, open, added]);
  });

  it('changes nothing where the policy is gone, or the queue is another one of that name', () => {
    const history = fixed(textOf(ours, open), textOf(ours));
    expect(planUndo(history, queue(undefined))).toEqual({
      kind: 'changed',
      differences: ['The policy is gone since the fix.'],
    });
    expect(planUndo(history, queue(textOf(ours), '2'))).toEqual({
      kind: 'changed',
      differences: ['The queue was deleted since the fix, and another was made.'],
    });
  });

  it('changes nothing where the policy would be larger than SQS takes', () => {
    const grown = statement('Grown', { AWS: Array.from({ length: 250 }, (_, at) => `${partner}${at}`) });
    const undo = planUndo(fixed(textOf(ours, open), textOf(ours)), queue(textOf(ours, grown)));
    expect(undo).toMatchObject({
      kind: 'changed',
      differences: [expect.stringMatching(/SQS takes 8192\.$/)],
    });
  });

  it('changes nothing where somebody else wrote between two steps of the fix', () => {
    const { changes } = planned(queueFromApi(queue(textOf(ours, open))));
    const history: FixHistory = {
      steps: [
        { before: queue(textOf(ours, open)), changes, made: changes },
        { before: queue(textOf(narrowed)), changes: [] },
      ],
      after: queue(textOf(narrowed)),
    };
    expect(planUndo(history, queue(textOf(narrowed)))).toEqual({
      kind: 'changed',
      differences: ['Somebody else changed the policy while the queue was being fixed.'],
    });
  });
});
