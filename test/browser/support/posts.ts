import type { KnownBlock } from '@slack/web-api';

/** A finding that waits for somebody, as the channel shows one. */
export function waitingBlocks(): KnownBlock[] {
  return [
    {
      type: 'header',
      text: { type: 'plain_text', text: 'Waits for you: a security group is open to the internet' },
    },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Anybody on the internet reaches port 22* of `sg-0a1b2c3d4e5f60718` (&lt;web&gt;) in _payments-prod_ &amp; its peers. ~Nobody asked.~ <!subteam^S0SECURITY1>, <@U0ALICE0001>: please decide.',
      },
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*Account*\npayments-prod (`111122223333`)' },
        { type: 'mrkdwn', text: '*Unit*\n/Workloads/Production' },
        { type: 'mrkdwn', text: '*Region*\neu-west-1' },
        { type: 'mrkdwn', text: '*Owner*\nteam-payments' },
        { type: 'mrkdwn', text: '*Opened by*\nmallory with the console' },
        { type: 'mrkdwn', text: '*Since*\n<!date^1767225600^{date_num} {time}|2026-01-01 00:00 UTC>' },
      ],
    },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*What would be changed*\n```- tcp 22 from 0.0.0.0/0\n  tcp 443 from 10.0.0.0/8```',
      },
    },
    { type: 'section', text: { type: 'mrkdwn', text: '> Kept: every other rule, with its description.' } },
    {
      type: 'actions',
      elements: [
        button('Approve', 'staunch:approve', 'primary'),
        { ...button('Deny', 'staunch:deny'), style: 'danger' },
        {
          ...button('Exempt', 'staunch:exempt'),
          confirm: {
            title: plain('Exempt it?'),
            text: plain('It stays open.'),
            confirm: plain('Exempt'),
            deny: plain('Cancel'),
          },
        },
      ],
    },
    { type: 'divider' },
    {
      type: 'context',
      elements: [
        { type: 'mrkdwn', text: '`security-group-open-ports` · <https://example.com/docs|what this is>' },
        { type: 'mrkdwn', text: 'show it: `staunch show 5f6a`' },
      ],
    },
  ];
}

/** A modal that asks for a reason and a time. */
export function denyView() {
  return {
    type: 'modal' as const,
    callback_id: 'deny',
    title: plain('Deny the change'),
    submit: plain('Deny'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'section' as const,
        text: { type: 'mrkdwn' as const, text: 'Port 22 of `sg-0a1b` *stays open*.' },
      },
      {
        type: 'input' as const,
        block_id: 'reason',
        label: plain('Reason'),
        hint: plain('The channel shows it.'),
        element: { type: 'plain_text_input' as const, action_id: 'text', multiline: true },
      },
      {
        type: 'input' as const,
        block_id: 'until',
        label: plain('Until'),
        optional: true,
        element: { type: 'datetimepicker' as const, action_id: 'time', initial_date_time: 1_800_000_000 },
      },
      {
        type: 'input' as const,
        block_id: 'kind',
        label: plain('Kind'),
        element: {
          type: 'static_select' as const,
          action_id: 'choice',
          options: ['ours to open', 'too risky'].map((text) => ({ text: plain(text), value: text })),
          placeholder: plain('Choose a kind'),
        },
      },
    ],
  };
}

export function plain(text: string) {
  return { type: 'plain_text' as const, text };
}

/** A button that carries its own id. */
export function button(text: string, actionId: string, style?: 'primary') {
  return {
    type: 'button' as const,
    text: plain(text),
    action_id: actionId,
    value: actionId,
    ...(style && { style }),
  };
}
