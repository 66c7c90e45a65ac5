import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { CallerIdentity } from '../../../core/actor';
import { planDigest } from '../../../core/plan-digest';
import { accounts, testIdentity, testPlan } from '../../support/findings';
import { ownersOf, roleOf } from '../../support/orderers';
import { runsOf } from '../../support/property-runs';
import { seeded } from '../../support/seeded';
import { DoorWorld, unit } from './door-world';

const order = { version: 2, key: randomUUID(), order: 'pause', scope: 'organization', reason: 'x' };
/** More than API Gateway lets through. */
const sixteenMegabytes = 16 * 1024 * 1024;

const about = (resourceId: string) => ({
  version: 2,
  finding: { ...testIdentity, resourceId },
  occurrence: 1,
});

describe('a body that is no order', () => {
  it('is answered as malformed, whatever it is, and changes nothing', async () => {
    const door = new DoorWorld();
    const one = door.door();
    const kinds = fc.constantFrom<unknown>(
      'undo',
      'pause',
      'findings',
      'whoami',
      '__proto__',
      'x',
      7,
      null,
      {},
    );
    const like = fc.record(
      {
        version: fc.constantFrom<unknown>(2, 1, '2', null),
        key: fc.oneof(fc.constant(order.key), fc.anything()),
        order: kinds,
        scope: fc.anything(),
        finding: fc.anything(),
        occurrence: fc.anything(),
        until: fc.anything(),
        reason: fc.oneof(fc.constant('x'.repeat(501)), fc.anything()),
        by: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      like.map((value) => JSON.stringify(value) ?? ''),
      like.map((value) => (JSON.stringify(value) ?? '').slice(1)),
      fc.constantFrom('', '{}', '[]', 'null', '"', '{"__proto__":{"order":"pause"}}', '\u0000'),
    );
    const numRuns = runsOf(10_000);
    let counted = 0;
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (text, isBase64Encoded) => {
        const identity = roleOf(accounts.on, 'Developer');
        const { status } = await one.answer({ body: text, isBase64Encoded, requestContext: { identity } });
        counted += 1;
        // A few are orders after all, of somebody who may nothing.
        expect([200, 400, 403]).toContain(status);
      }),
      { numRuns, seed: 1 },
    );
    expect(counted).toBe(numRuns);
    expect(door.invoked).toEqual([]);
    expect(door.logs('An order could not be taken')).toEqual([]);
  }, 120_000);

  it.each<[string, string | null]>([
    ['nothing', null],
    ['sixteen megabytes of an order', JSON.stringify({ ...order, reason: 'x'.repeat(sixteenMegabytes) })],
    ['sixteen megabytes of brackets', '['.repeat(sixteenMegabytes)],
    ['deep nesting', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    [
      'deep nesting within an order',
      JSON.stringify(order).replace('"x"', `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
    ],
    ['an unknown order', JSON.stringify({ ...order, order: 'destroy' })],
    ['no key', JSON.stringify({ ...order, key: undefined })],
    ['a key of another kind', JSON.stringify({ ...order, key: 'proposal#x' })],
    ['an empty reason', JSON.stringify({ ...order, reason: ' ' })],
    ['a scope that is none', JSON.stringify({ ...order, scope: '*' })],
  ])('%s', async (_, body) => {
    const door = new DoorWorld();
    const reply = await door.sendBody(body);
    expect(reply).toMatchObject({ status: 400, body: { done: false } });
    if ((body ?? '').length > 65_536) {
      expect(reply.body).toMatchObject({ text: expect.stringContaining('longer than any order') });
    }
    expect(door.tables.items('ledger')).toEqual([]);
  });

  it.each([
    ['reason', { ...order, reason: 'half a pair: \ud83d' }],
    ['resource', { ...about('sg-\ude00'), order: 'retry' }],
    ['plan', { ...about('sg-1'), order: 'approve', plan: '\ud83d' }],
  ])('is what has a %s that DynamoDB does not take', async (_, asked) => {
    const door = new DoorWorld();
    expect(await door.send({ ...asked, key: randomUUID() })).toMatchObject({ status: 400 });
    expect([door.tables.items('ledger'), door.invoked]).toEqual([[], []]);
    const whole = await door.send({ ...order, key: randomUUID(), reason: 'A whole pair: \u{1f600}' });
    expect(whole).toMatchObject({ status: 200 });
  });

  it('of another version says which one the hub takes', async () => {
    const door = new DoorWorld();
    const { body } = await door.sendBody(JSON.stringify({ ...order, version: 1, by: 'x' }));
    expect(body).toMatchObject({ text: expect.stringMatching(/version 1.*version 2/) });
  });

  it('is not one because of a claimed name, whatever that is', async () => {
    const door = new DoorWorld();
    for (const by of [null, 7, {}, [[]], 'x'.repeat(10_000), '\u202e']) {
      expect(await door.send({ ...order, key: randomUUID(), by })).toMatchObject({ status: 200 });
    }
    for (const { claimed } of door.logs('A claimed name')) expect(String(claimed).length).toBeLessThan(301);
  });

  it('is not one because of a claimed name that nests deeper than a stack', async () => {
    const door = new DoorWorld();
    const [start, end] = ['['.repeat(32_000), ']'.repeat(32_000)];
    const body = JSON.stringify({ ...order, key: randomUUID() }).replace(/}$/, `,"by":${start}${end}}`);
    expect(await door.sendBody(body)).toMatchObject({ status: 200 });
  });
});

describe('a session', () => {
  it.each([
    ['of hostile text', '<!channel> *x* `y`\n\u202e'],
    ['of the longest name', 'x'.repeat(64)],
    ['that has the name of a person', 'ada@example.com'],
  ])('%s is shown harmless, and gives no right', async (_, session) => {
    const door = new DoorWorld();
    const { status, body } = await door.send({ ...order }, roleOf(accounts.on, 'Developer', session));
    expect(status).toBe(403);
    const text = 'text' in body ? body.text : '';
    expect(text).toMatch(/^[ -~]*$/);
    expect(door.invoked).toEqual([]);
  });

  it('is not understood where its parts contradict each other', async () => {
    const door = new DoorWorld();
    const caller: CallerIdentity = { ...roleOf(accounts.hub, 'operator', 'a'), caller: 'AROA:b' };
    expect(await door.send(order, caller)).toMatchObject({ status: 403 });
    expect(door.invoked).toEqual([]);
  });
});

describe('owners', () => {
  it('read and order nothing of another account, in a thousand random attempts', async () => {
    const random = seeded(1);
    const one = <Thing>(things: readonly Thing[]): Thing =>
      things[Math.floor(random() * things.length)] as Thing;
    const ids = Object.values(accounts);
    const door = new DoorWorld();
    const finding = { ...testIdentity, accountId: accounts.approval };
    await door.world.receive(finding);
    const before = JSON.stringify(await door.world.latest(finding));
    const until = '2026-12-01T00:00:00Z';
    let own = 0;
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const account = one(ids.filter((id) => id !== accounts.approval));
      const target = one([accounts.approval, accounts.approval, ...ids, '000000000000']);
      const named = { finding: { ...testIdentity, accountId: target }, occurrence: 1 };
      const { resourceType: _, ...key } = named.finding;
      const asked = one<object>([
        { ...named, order: 'approve', plan: planDigest(testPlan) },
        { ...named, order: 'deny', plan: planDigest(testPlan), reason: 'x' },
        { ...named, order: 'undo', reason: 'x', until },
        { ...named, order: 'exempt', reason: 'x', until },
        { ...named, order: 'retry' },
        { order: 'pause', scope: one([target, 'organization', 'r-root', 'ou-root-protected']), reason: 'x' },
        { order: 'resume', scope: one([target, 'organization', 'r-root']) },
        { order: 'findings', account: target },
        { order: 'findings' },
        { order: 'finding', finding: key },
        { order: 'policy' },
      ]);
      const session = one(['somebody', accounts.approval, 'StaunchOwners', `x/${accounts.approval}`]);
      const { status, body } = await door.send(asked, roleOf(account, 'StaunchOwners', session));
      const said = JSON.stringify(body);
      if (status === 200 && said.includes('findings')) own += 1;
      if ('findings' in body) {
        for (const found of body.findings ?? [])
          expect(found).toMatchObject({ identity: { accountId: account } });
      }
      const scope = 'scope' in asked ? asked.scope : target;
      if (!('findings' in body) && scope !== account && !JSON.stringify(asked).includes('"findings"'))
        expect([400, 403]).toContain(status);
    }
    expect(own).toBeGreaterThan(10);
    expect(JSON.stringify(await door.world.latest(finding))).toBe(before);
    const stops = await door.world.parts().stopSwitch.stops();
    expect(stops.map(({ scope }) => scope)).not.toContain(accounts.approval);
    for (const { by, scope } of stops) expect(by).toContain(`of account ${scope}`);
    expect(await door.answer({ order: 'findings' }, ownersOf(accounts.approval))).toMatchObject({
      status: 200,
    });
  });
});

describe('what is not in the organization', () => {
  const stranger = roleOf(accounts.on, 'Developer');
  const elsewhere = (accountId: string) => ({ ...testIdentity, accountId });
  const asked: [string, (id: string) => object, string, string][] = [
    ['an account to pause', (scope) => ({ ...order, scope }), accounts.off, '123456789012'],
    ['a unit to pause', (scope) => ({ ...order, scope }), unit, 'ou-root-elsewhere'],
    [
      'an account whose finding to retry',
      (id) => ({ version: 2, order: 'retry', finding: elsewhere(id), occurrence: 1 }),
      accounts.off,
      '123456789012',
    ],
    [
      'an account whose finding to see',
      (id) => ({ version: 2, order: 'finding', finding: elsewhere(id) }),
      accounts.off,
      '123456789012',
    ],
    [
      'an account whose findings to see',
      (account) => ({ version: 2, order: 'findings', account }),
      accounts.off,
      '123456789012',
    ],
  ];

  it.each(asked)(
    'is refused in the same words as what is, to who may nothing there: %s',
    async (...named) => {
      const [, orderOf, there, nowhere] = named;
      const door = new DoorWorld();
      for (const who of [stranger, ownersOf(accounts.on)]) {
        const one = await door.answer({ ...orderOf(there), key: randomUUID() }, who);
        const other = await door.answer({ ...orderOf(nowhere), key: randomUUID() }, who);
        expect(other.status).toBe(403);
        expect({ ...other, text: other.text.replaceAll(nowhere, there) }).toEqual(one);
      }
    },
  );

  it.each(asked)('is told to who may everything: %s', async (...named) => {
    const [, orderOf, , nowhere] = named;
    const { status, text } = await new DoorWorld().answer({ ...orderOf(nowhere), key: randomUUID() });
    expect([status, text]).toEqual([403, expect.stringContaining('in the organization')]);
  });
});
