import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pageText, root, sections } from './support/pages';

describe('docs/architecture.md', () => {
  const parts = sections(pageText('docs/architecture.md'), 2);
  const [fromConfig = '', fromKeyboard = ''] = [
    'One item, from AWS Config to Slack',
    'One order, from the keyboard to the resource',
  ];

  it.each([
    [fromConfig, 'member-functions/rule/handler.ts', 'hub-functions/notifier/poster/slack-posts.ts'],
    [fromKeyboard, 'cli/main.ts', 'cli/answer-text.ts'],
  ])('tells the way of %s in hops, each of which is a file', (title, first, last) => {
    const hops = (parts.get(title) ?? '').split(/^\d+\. /m).slice(1);
    const files = hops.map((hop) => [...hop.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file = '']) => file));

    expect(hops.length).toBeGreaterThan(5);
    for (const some of files) expect(some.length).toBeGreaterThan(0);
    expect(files.flat().filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect([files[0]?.[0], files.at(-1)?.at(-1)]).toEqual([first, last]);
  });
});
