import { linesOf } from '../../../sandbox/view/slack-message';

describe('linesOf', () => {
  it('shows a message as it reads in the channel', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Fixed' } },
      {
        type: 'section',
        fields: [
          { type: 'mrkdwn', text: '*Account*\n`1`' },
          { type: 'mrkdwn', text: '*Region*\n`eu-west-1`' },
        ],
      },
      { type: 'section', text: { type: 'mrkdwn', text: '*What was wrong*\n• a &lt;b&gt; &amp; c' } },
      { type: 'context', elements: [{ type: 'mrkdwn', text: 'attempt 1' }] },
    ];

    expect(linesOf({ text: 'Fixed', blocks })).toEqual([
      'Fixed',
      'Account: 1   Region: eu-west-1',
      'What was wrong',
      '• a <b> & c',
      'attempt 1',
    ]);
  });

  it('shows buttons as they stand beside each other', () => {
    const button = (text: string) => ({ type: 'button', text: { type: 'plain_text', text } });
    const menu = { type: 'static_select', options: [] };
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'One' }, accessory: button('Show') },
      { type: 'actions', elements: [button('Approve'), button('Deny'), menu] },
    ];
    expect(linesOf({ text: 'x', blocks })).toEqual(['One', '[Show]', '[Approve] [Deny]']);
  });

  it('shows nothing that controls a terminal', () => {
    const hostile = 'web\u001b[2J\u009b31m\u202e';
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: `\`${hostile}\`` } }];
    expect(linesOf({ text: hostile, blocks })).toEqual(['web']);
    expect(linesOf({ text: hostile })).toEqual(['web']);
  });

  it('falls back to the text of a message without blocks', () => {
    expect(linesOf({ text: 'one\ntwo' })).toEqual(['one', 'two']);
  });
});
