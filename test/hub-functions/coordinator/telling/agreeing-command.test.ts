import type { Order } from '../../../../core/order';
import { agreeingCommand } from '../../../../hub-functions/coordinator/telling/agreeing-command';
import { testIdentity } from '../../../support/findings';

const shared = { version: 2, key: '6f1d2c3b-0a4e-4f5a-9b7c-8d6e5f4a3b2c' } as const;
const occurrence = { finding: testIdentity, occurrence: 3 };
const { accountId, region, control, resourceId } = testIdentity;
const name = `${accountId}#${region}#${control}#${resourceId}#3`;
/** To the next minute: the earlier of two ends counts, which is the first one's then. */
const [until, next] = ['2026-12-20T00:00:00.350Z', '2026-12-20T00:01Z'];

it.each<[string, Order]>([
  [
    `exempt '${name}' --reason WHY --until ${next}`,
    { ...shared, ...occurrence, order: 'exempt', reason: 'x', until },
  ],
  [`approve '${name}'`, { ...shared, ...occurrence, order: 'approve', plan: 'p' }],
  [`deny '${name}' --reason WHY`, { ...shared, ...occurrence, order: 'deny', plan: 'p', reason: 'x' }],
  [`retry '${name}'`, { ...shared, ...occurrence, order: 'retry' }],
  ['pause --reason WHY', { ...shared, order: 'pause', scope: 'organization', reason: 'x' }],
  [
    `pause --account 111122223333 --reason WHY --until ${next}`,
    { ...shared, order: 'pause', scope: '111122223333', reason: 'x', until },
  ],
  ['resume --ou ou-root-12345678', { ...shared, order: 'resume', scope: 'ou-root-12345678' }],
  [
    'thaw --list 0123456789abcdef',
    { ...shared, order: 'thaw', scope: 'organization', list: '0123456789abcdef' },
  ],
  [
    `limits --fixes-per-hour 500 --reason WHY --until ${next}`,
    { ...shared, order: 'limits', fixesPerHour: 500, reason: 'x', until },
  ],
])('orders the same: %s', (words, order) => {
  expect(agreeingCommand(order)).toBe(`npm run -s staunch -- ${words}`);
});

it('is none where the name of a finding may mean something to a shell', () => {
  const finding = { ...testIdentity, resourceId: "x'; rm -rf ~" };
  expect(agreeingCommand({ ...shared, order: 'retry', finding, occurrence: 1 })).toBeUndefined();
});
