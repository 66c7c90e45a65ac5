import { installInstructions } from '../../../cli/sandbox/installing';
import { staunch } from '../../support/command';

describe('an organization to install into', () => {
  const text = installInstructions(
    {
      gateway: { endpoint: 'http://127.0.0.1:40000' },
      hub: { accountId: '222222222222', region: 'eu-west-1' },
      organization: {
        managementAccountId: '111111111111',
        accounts: { 'security-tooling': '222222222222', regulated: '333333333333' },
      },
    },
    'http://127.0.0.1:40001/',
  );

  it('says how on a terminal of 80 columns, in commands to paste', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toContain('AWS_ACCESS_KEY_ID=111111111111\n');
    expect(text).toContain('\n    http://127.0.0.1:40001/\n');
    expect([...text.matchAll(/staunch -- (.+?) mine\.yaml/g)].map(([, command]) => command)).toEqual([
      'init',
      'doctor',
      'deploy',
      'doctor',
      'destroy',
    ]);
  });

  it.each([
    [['--organization', 'other'], 'Allowed choices are control-tower'],
    [['--organization', 'control-tower', '--policy', 'mine.yaml'], 'do not go with --organization'],
  ])('is refused before anything starts: %s', async (words, said) => {
    const { status, complained } = await staunch('sandbox', ...words);

    expect([status, complained]).toEqual([2, expect.stringContaining(said)]);
  });
});
