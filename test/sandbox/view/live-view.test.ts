import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';
import { EventLog } from '../../../sandbox/events';
import { LiveView } from '../../../sandbox/view/live-view';

const change = {
  kind: 'changed',
  operation: 'RevokeSecurityGroupIngress',
  by: 'arn:aws:iam::111122223333:root',
} as const;
const group = { accountId: '111122223333', region: 'eu-west-1', resourceType: 'AWS::EC2::SecurityGroup' };

function viewOn(terminal: boolean, columns = Number.POSITIVE_INFINITY) {
  const [log, lines] = [new EventLog(), [] as string[]];
  const options = { print: (line: string) => void lines.push(line), columns: () => columns };
  const view = new LiveView(log, pc.createColors(terminal), terminal, options);
  return {
    log,
    lines,
    view,
    happen: () => log.emit({ ...change, ...group, resourceId: `sg-${'0'.repeat(60)}` }),
  };
}

describe('the live view', () => {
  it('prints plain, whole lines without a terminal, from when the organization is kept', () => {
    const { lines, view, happen } = viewOn(false);

    happen();
    expect(lines).toEqual([]);
    view.resume();
    happen();

    expect(lines).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    expect(lines[0]).not.toMatch(/[\u0000-\u001f]|…/);
    expect(lines[0]).toContain(`RevokeSecurityGroupIngress on sg-${'0'.repeat(60)}`);
  });

  it.each([40, 79, 80, 120])('cuts lines to a terminal of %d columns', (columns) => {
    const { lines, happen } = viewOn(true, columns);

    happen();

    const [line = ''] = lines.map((coloured) => stripVTControlCharacters(coloured));
    expect(line.length).toBeLessThanOrEqual(columns);
    expect(line).toContain('RevokeS');
  });

  it('says on one line what is about to happen', () => {
    const { lines, view } = viewOn(true, 40);

    view.say(`Planting ${'very '.repeat(20)}much …`);

    expect(stripVTControlCharacters(lines[0] ?? '')).toHaveLength(40);
  });

  it('prints what a stranger was refused', () => {
    const { log, lines, view } = viewOn(false);
    view.resume();

    log.emit({ kind: 'warning', accountId: '111122223333', text: 'refused, InvalidAction: no' });

    expect(lines[0]).toMatch(/111122223333 .*refused, InvalidAction: no$/);
  });
});
