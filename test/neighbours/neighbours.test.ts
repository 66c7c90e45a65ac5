import { join } from 'node:path';
import { CompiledPolicyError } from '../../config/compiled';
import { states } from '../../core/states';
import { type Kind, kinds, type Readers, type Samples } from './exchanged';
import { readers as today } from './readers';
import { samplesOfThisVersion } from './samples';

const folder = join(__dirname, '../fixtures/previous');
const before: Samples = require(join(folder, 'samples.json'));
const { readers: previous }: { readers: Readers } = require(join(folder, 'readers.cjs'));

/** What came with this version: the version before refuses it as a whole, so that it changes nothing for it. */
const news: { [K in Kind]?: RegExp } = {
  records: /, by frozen$/,
  orders: /^thaw /,
  policies: /^/,
  messages: / of an? (?!(group|bucket|queue)$)/,
  requests: /^(?!(group|bucket|queue): )/,
};

const each = (samples: Samples, kind: Kind) => Object.entries(samples[kind]);

describe('what the version before made', () => {
  describe.each(kinds)('%s', (kind) => {
    it.each(each(before, kind))('%s: says the same to this version', (_name, sample) => {
      expect(today[kind](sample)).toMatchObject(Object(previous[kind](sample)));
    });
  });

  it('is there for every state of a finding, and for every kind', () => {
    const stated = new Set(Object.values(before.records).map((item) => Object(item).state));
    expect([...stated].sort()).toEqual(Object.keys(states).sort());
    for (const kind of kinds) expect(each(before, kind), kind).not.toEqual([]);
  });

  it('is a finding of a rule function: the hub looks at the resource that it names', () => {
    const said = today.messages(before.messages['finding of a bucket']);
    expect(said).toMatchObject({
      hints: [{ says: 'finding', detector: 'rule', control: 's3-public-access' }],
    });
  });

  it('is a report: the channel is told, and a member that sends one is not believed', () => {
    const report = before.events['Staunch Remediation Report: fixed'];
    expect(today.events(report)).toMatchObject({ note: { kind: 'report', report: { state: 'fixed' } } });
    expect(today.events({ ...Object(report), account: '222222222222' })).toMatchObject({ kind: 'forged' });
  });
});

/** What this version keeps as JSON text, and the version before does not know. */
const newTexts = ['pendingEvents', 'tags'];

/** What the version before reads, apart from what it does not know: it keeps that as it is written. */
function withoutNewTexts(sample: unknown, told: Record<string, unknown>): Record<string, unknown> {
  const kept = newTexts.filter((name) => typeof Object(sample)[name] === 'string');
  for (const name of kept) expect(told[name]).toBe(Object(sample)[name]);
  return Object.fromEntries(Object.entries(told).filter(([name]) => !kept.includes(name)));
}

describe('what this version makes', () => {
  let made: Samples;
  beforeAll(async () => {
    made = await samplesOfThisVersion();
  }, 60_000);

  it.each(kinds)('%s: the version before is told the same, or refuses what is new', (kind) => {
    expect(each(made, kind)).not.toEqual([]);
    for (const [name, sample] of each(made, kind)) {
      if (news[kind]?.test(name)) expect(() => previous[kind](sample), name).toThrow(/./);
      else
        expect(today[kind](sample), name).toMatchObject(
          withoutNewTexts(sample, Object(previous[kind](sample))),
        );
    }
  });

  it('is a policy: the version before says in words that the hub has to be deployed', () => {
    const [policy] = Object.values(made.policies);
    expect(() => previous.policies(policy)).toThrow(/malformed at .*Deploy the hub again/);
    expect(() => today.policies({ ...Object(policy), newer: true })).toThrow(CompiledPolicyError);
  });
});
