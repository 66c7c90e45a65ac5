import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import fc from 'fast-check';
import type { FindingEvent } from '../../../core/finding-event';
import { productArn, securityHubId } from '../../../hub-functions/security-hub/asff';
import { findingEventIn, UnusableEventError } from '../../../hub-functions/security-hub/event';
import { importEvents } from '../../../hub-functions/security-hub/importing';
import { receive } from '../../../hub-functions/security-hub/receiving';
import type { Moto } from '../../../sandbox/moto/moto';
import { testIdentity } from '../../support/findings';
import { startTestMoto } from '../../support/moto';
import { eventAt, place } from './events';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const titleOf = () => 'Security group open to the internet';

let moto: Moto;
let client: SecurityHubClient;
beforeAll(async () => {
  moto = await startTestMoto();
  const credentials = { accessKeyId: place.account, secretAccessKey: 'x' };
  client = new SecurityHubClient({ region: place.region, endpoint: moto.endpoint, credentials });
}, 30_000);
afterAll(() => moto.stop());

const of = (name: string, event: FindingEvent): FindingEvent => ({
  ...event,
  finding: { ...testIdentity, resourceId: name },
});
const take = (...events: FindingEvent[]) => importEvents({ client, place, titleOf, log }, events);
async function there(name: string): Promise<AwsSecurityFinding | undefined> {
  const id = securityHubId(of(name, eventAt(0)));
  const { Findings = [] } = await client.send(new GetFindingsCommand({ MaxResults: 100 }));
  return Findings.find(({ Id }) => Id === id);
}

/** Security Hub in memory, as its pages have it: what is not later is passed over, and what people set stays. */
class FakeHub {
  readonly findings = new Map<string, AwsSecurityFinding>();
  readonly imports: string[][] = [];
  refuses = (_id: string): boolean => false;
  throttled = 0;

  readonly send = (async ({ input }: { input: object }) => {
    if (this.throttled > 0) {
      this.throttled -= 1;
      throw Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException' });
    }
    if (!('Findings' in input)) {
      return { Findings: [...this.findings.values()] };
    }
    const FailedFindings: { Id: string; ErrorCode: string; ErrorMessage: string }[] = [];
    const findings = input.Findings as AwsSecurityFinding[];
    this.imports.push(findings.map(({ Id = '' }) => Id));
    for (const finding of findings) {
      const { Id = '', UpdatedAt = '' } = finding;
      if (this.refuses(Id)) {
        FailedFindings.push({ Id, ErrorCode: 'InternalFailure', ErrorMessage: 'Again.' });
        continue;
      }
      const before = this.findings.get(Id);
      if (before && (before.UpdatedAt ?? '') >= UpdatedAt) continue;
      this.findings.set(Id, { ...before, ...finding, Workflow: before?.Workflow ?? { Status: 'NEW' } });
    }
    return { FailedFindings };
  }) as unknown as SecurityHubClient['send'];
}
const into = (hub: FakeHub, ...events: FindingEvent[]) =>
  importEvents({ client: hub, place, titleOf, log }, events);

describe('importing into Security Hub', () => {
  it('opens a finding, follows it, and archives it once it is closed', async () => {
    await take(of('sg-1', eventAt(1)));
    expect(await there('sg-1')).toMatchObject({ RecordState: 'ACTIVE', ProductArn: productArn(place) });
    await take(of('sg-1', eventAt(2, { state: 'held', sequence: 2, reason: 'Staunch is paused.' })));
    expect((await there('sg-1'))?.Description).toContain('Staunch is paused.');
    await take(of('sg-1', eventAt(3, { state: 'fixed', sequence: 3 }, { open: false })));
    expect(await there('sg-1')).toMatchObject({ RecordState: 'ARCHIVED' });
  });

  it('leaves what a person has suppressed as it is', async () => {
    await take(of('sg-2', eventAt(1)));
    const suppressed = { ...(await there('sg-2')), Workflow: { Status: 'SUPPRESSED' as const } };
    await client.send(new BatchImportFindingsCommand({ Findings: [suppressed as AwsSecurityFinding] }));
    expect(await take(of('sg-2', eventAt(9, { state: 'fixed', sequence: 2 }, { open: false })))).toEqual([
      undefined,
    ]);
    expect(await there('sg-2')).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' } });
  });

  it('keeps what people set when it is opened again', async () => {
    const hub = new FakeHub();
    await into(hub, eventAt(1));
    const id = securityHubId(eventAt(1));
    hub.findings.set(id, { ...hub.findings.get(id), Workflow: { Status: 'NOTIFIED' } } as AwsSecurityFinding);
    await into(hub, eventAt(2, { state: 'fixed', sequence: 2 }, { open: false }));
    await into(hub, eventAt(3, {}, { occurrence: 2 }));
    expect(hub.findings.get(id)).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'NOTIFIED' } });
  });

  it('takes the latest of a batch alone, in one call', async () => {
    const hub = new FakeHub();
    const events = [3, 1, 2].map((sequence) => eventAt(sequence, { sequence }));
    expect(await into(hub, ...events, of('sg-9', eventAt(1)))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(hub.imports).toEqual([[securityHubId(eventAt(1)), securityHubId(of('sg-9', eventAt(1)))]]);
    expect(hub.findings.get(securityHubId(eventAt(1)))?.UpdatedAt).toBe(eventAt(3).at);
  });

  it('has those alone come again that were refused', async () => {
    const hub = new FakeHub();
    hub.refuses = (id) => id.includes('sg-bad');
    const results = await into(hub, of('sg-good', eventAt(1)), of('sg-bad', eventAt(1)));
    expect(results[0]).toBeUndefined();
    expect(String(results[1])).toContain('InternalFailure: Again.');
  });

  it('has all of them come again where it is throttled', async () => {
    const hub = new FakeHub();
    hub.throttled = 1;
    await expect(into(hub, eventAt(1))).rejects.toThrow('Rate exceeded');
  });

  it('is of no use for what was never open', async () => {
    const hub = new FakeHub();
    await into(hub, eventAt(1, { state: 'already-compliant' }, { open: false }));
    expect(hub.imports).toEqual([]);
    expect(await into(hub)).toEqual([]);
  });

  it('ends with the present state, in whatever order and however often events come', async () => {
    const story = [
      eventAt(1, { state: 'waiting', sequence: 1 }),
      eventAt(2, { state: 'held', sequence: 2 }),
      eventAt(3, { state: 'fixed', sequence: 3 }, { open: false }),
      eventAt(4, { state: 'waiting', sequence: 1 }, { occurrence: 2 }),
      eventAt(5, { state: 'fixed', sequence: 2 }, { occurrence: 2, open: false }),
    ];
    const order = fc.shuffledSubarray([...story, ...story], { minLength: 10 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), order, async (length, shuffled) => {
        const told = story.slice(0, length);
        const hub = new FakeHub();
        const coming = shuffled.filter((event) => told.includes(event));
        while (coming.length > 0) await into(hub, ...coming.splice(0, 3));
        const last = told.at(-1) as FindingEvent;
        expect([...hub.findings.values()]).toMatchObject([
          { UpdatedAt: last.at, RecordState: last.open ? 'ACTIVE' : 'ARCHIVED' },
        ]);
      }),
      { seed: 20261127, numRuns: 200 },
    );
  });
});

describe('a message of the queue', () => {
  const envelope = { account: place.account, source: 'staunch', 'detail-type': 'staunch.finding' };

  it("is the hub's own event", () => {
    const body = JSON.stringify({ ...envelope, detail: eventAt(1), id: 'x', region: 'eu-west-1' });
    expect(findingEventIn(body, place.account)).toEqual(eventAt(1));
  });

  it.each([
    ['of another account', { ...envelope, account: '222222222222', detail: eventAt(1) }, 'account'],
    ['of another source', { ...envelope, source: 'forged', detail: eventAt(1) }, 'source'],
    ['of another version', { ...envelope, detail: { ...eventAt(1), version: 2 } }, 'detail.version'],
    ['no event', 'x', 'the whole'],
  ])('is not read where it is %s', (_what, message, where) => {
    const read = () => findingEventIn(JSON.stringify(message), place.account);
    expect(read).toThrow(UnusableEventError);
    expect(read).toThrow(`malformed at ${where}`);
  });
});

describe('a batch of messages', () => {
  const message = (messageId: string, detail: object) => ({
    messageId,
    body: JSON.stringify({
      account: place.account,
      source: 'staunch',
      'detail-type': 'staunch.finding',
      detail,
    }),
  });

  it('has those alone come again that cannot be read, or were refused', async () => {
    const hub = new FakeHub();
    hub.refuses = (id) => id.includes('sg-bad');
    const messages = [
      message('odd', { version: 9 }),
      message('good', of('sg-good', eventAt(1))),
      message('bad', of('sg-bad', eventAt(1))),
    ];
    expect(await receive({ client: hub, place, titleOf, log }, messages)).toEqual(['odd', 'bad']);
    expect(hub.findings.size).toBe(1);
  });

  it('comes again as a whole where Security Hub is throttled, or off', async () => {
    const hub = new FakeHub();
    hub.throttled = 1;
    const messages = [message('one', eventAt(1)), message('two', of('sg-2', eventAt(1)))];
    expect(await receive({ client: hub, place, titleOf, log }, messages)).toEqual(['one', 'two']);
    expect(await receive({ client: hub, place, titleOf, log }, messages)).toEqual([]);
  });
});
