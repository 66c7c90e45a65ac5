import { nextCommands } from '../../../cli/init/next-commands';

describe('the commands after staunch init', () => {
  it('say whose credentials each requires', () => {
    expect(nextCommands('222222222222', 'my policy.yaml').split('\n')).toEqual([
      expect.stringContaining('management account'),
      "  npm run -s staunch -- doctor 'my policy.yaml' --before",
      expect.stringMatching(/credentials of the hub's account, 222222222222/),
      "  npm run -s staunch -- deploy 'my policy.yaml'",
    ]);
  });
});
