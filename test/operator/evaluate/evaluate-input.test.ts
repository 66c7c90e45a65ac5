import fc from 'fast-check';
import { evaluateInput } from '../../../operator/evaluate/evaluate-input';
import { evaluateText } from '../../../operator/evaluate/evaluate-text';
import type { ByteSource } from '../../../operator/evaluate/input-parts';
import { judgingOf } from '../../../operator/evaluate/judging-of';
import { SummaryMaker } from '../../../operator/evaluate/summary';
import { runsOf } from '../../support/property-runs';

const groups = 'security-group-open-ports';
const buckets = 's3-public-access';

/** A source that gives a few bytes at a time, and tells how far it was read. */
function sourceOf(bytes: Uint8Array, size: number): ByteSource & { read: ByteSource['read']; taken: number } {
  return {
    taken: 0,
    async read(into) {
      const part = bytes.subarray(this.taken, this.taken + Math.min(size, into.length));
      into.set(part);
      this.taken += part.length;
      return part.length;
    },
  };
}

async function evaluate(text: string, size = 1_000_000, controls = [groups]) {
  const judging = judgingOf({ controls, wish: 'plan' });
  let output = '';
  const summary = new SummaryMaker(controls);
  for await (const part of evaluateInput(sourceOf(Buffer.from(text), size), judging)) {
    output += Buffer.from(part.output).toString();
    summary.add(part);
  }
  return { output, ...summary.summary() };
}

/** What it comes to where the whole text is there at once. */
function evaluateAtOnce(text: string): string {
  const judging = judgingOf({ controls: [groups], wish: 'plan' });
  return [...evaluateText(text, judging)].map((line) => `${JSON.stringify(line)}\n`).join('');
}

const group = (id: string, cidr = '10.0.0.0/8') => ({
  GroupId: id,
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: cidr }] }],
});

describe('an input that is evaluated while it is read', () => {
  it('comes to the same as one that is there at once, whatever its lines and however it arrives', async () => {
    const line = fc.oneof(
      fc.constantFrom('', '  ', '\r', 'no JSON', '{', '[', '}', '{"GroupId":', '"', '\uFEFF', '[]', '7'),
      fc.constantFrom('sg-1', 'sg-ü').map((id) => JSON.stringify(group(id, '0.0.0.0/0'))),
      fc.constant(JSON.stringify([group('sg-1'), group('sg-2')], null, 1)),
      fc.constant(JSON.stringify({ SecurityGroups: [group('sg-3')] })),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.jsonValue().map((value) => JSON.stringify(value, null, 2)),
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\n'))
      .map(([lines, between, end]) => lines.join(between) + end);

    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (input, size) => {
        expect((await evaluate(input, size)).output).toBe(evaluateAtOnce(input));
      }),
      { numRuns: runsOf(1_500), seed: 20261126 },
    );
  });

  it('keeps lines whole, in their order and with their numbers, over many blocks', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      index % 1_000 === 999 ? `broken ${index + 1}` : JSON.stringify(group(`sg-${index + 1}`)),
    );
    const told = (await evaluate(lines.join('\n'), 70_001)).output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(told.map(({ resource, line }) => line ?? Number(resource.slice(3)))).toEqual(
      Array.from({ length: 5_000 }, (_, index) => index + 1),
    );
  });

  it('takes a line that is longer than a block', async () => {
    const long = { SecurityGroups: Array.from({ length: 6_000 }, (_, index) => group(`sg-${index}`)) };
    const text = [group('sg-a'), long, group('sg-b')].map((value) => JSON.stringify(value)).join('\n');

    expect(text.length).toBeGreaterThan(600_000);
    expect((await evaluate(text, 10_000)).output).toBe(evaluateAtOnce(text));
  });

  it.each(['{"GroupId":"sg-0', '{"GroupId":', 'no JSON', '[', JSON.stringify(group('sg-0'))])(
    'is not read to its end before the first is told, also where it begins with %j',
    async (first) => {
      const rest = Array.from({ length: 20_000 }, (_, index) => JSON.stringify(group(`sg-${index}`)));
      const bytes = Buffer.from([first, ...rest].join('\n'));
      const source = sourceOf(bytes, 100_000);

      const parts = evaluateInput(source, judgingOf({ controls: [groups], wish: 'plan' }));
      await parts.next();

      expect(source.taken).toBeLessThan(bytes.length / 2);
      await parts.return(undefined);
    },
  );

  it('counts by control and severity', async () => {
    const item = {
      configurationItemStatus: 'OK',
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'photos',
      configuration: { name: 'photos' },
      supplementaryConfiguration: {},
    };
    const of = (id: string, cidr: string) => ({
      configurationItemStatus: 'OK',
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: id,
      configuration: {
        groupId: id,
        ipPermissions: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipv4Ranges: [{ cidrIp: cidr }] }],
      },
    });
    const lines = [item, of('sg-1', '0.0.0.0/0'), of('sg-2', '10.0.0.0/8'), of('sg-3', '0.0.0.0/0')];
    const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nbroken`;

    expect(await evaluate(text, 100, [buckets, groups])).toMatchObject({
      controls: expect.arrayContaining([
        {
          control: groups,
          severity: 'critical',
          compliant: 1,
          nonCompliant: 2,
          notApplicable: 0,
          undecided: 0,
          violations: 2,
        },
        expect.objectContaining({ control: buckets, compliant: 0, undecided: 1, notApplicable: 0 }),
      ]),
      bySeverity: { critical: 2 },
      failed: 1,
    });
  });

  it('names the control in each line where there are several', async () => {
    const { output } = await evaluate(JSON.stringify(group('sg-1')), 100, [
      groups,
      'security-group-wide-open',
    ]);

    expect(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { control: groups, resource: 'sg-1', compliance: 'COMPLIANT' },
      { control: 'security-group-wide-open', resource: 'sg-1', compliance: 'COMPLIANT' },
    ]);
  });
});
