import pc from 'picocolors';
import { slackCheckText } from '../../../cli/slack/check-text';

it('says each check in a line, and below what is not well what puts it right, harmlessly', () => {
  expect(
    slackCheckText(
      [
        { check: 'token', is: 'well', text: 'Slack knows it as staunch.' },
        { check: 'channel', is: 'wrong', text: 'C1: refused\u001b[2J', cure: 'Invite the app.' },
        { check: 'app', is: 'unknown', text: 'Slack does not say.' },
      ],
      pc.createColors(false),
    ),
  ).toBe(
    [
      '✓ token: Slack knows it as staunch.',
      '✗ channel: C1: refused',
      '    Invite the app.',
      '? app: Slack does not say.',
    ].join('\n'),
  );
});
