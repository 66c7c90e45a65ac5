import { installCommands } from './support/install-commands';
import { pageText } from './support/pages';

describe('the page on installing', () => {
  it('has the commands that the deep test runs, in the same order', () => {
    const run = [...pageText('test/deep/install.deep.ts').matchAll(/onPage\('([^']+)'/g)].map(
      ([, name]) => name,
    );
    expect(run.length).toBeGreaterThan(3);
    expect(installCommands().map(({ words }) => words.join(' '))).toEqual(run);
  });

  it('says four commands first, with the credentials of accounts that it explains', () => {
    const page = pageText('docs/install.md');
    const [first = ''] = /```\n[\s\S]*?```/.exec(page) ?? [];
    expect(first.match(/^AWS_PROFILE=/gm)).toHaveLength(4);
    for (const { profile } of installCommands())
      expect(page).toMatch(new RegExp(`\`${profile}\`[\\s\\S]*stand for`));
  });
});
