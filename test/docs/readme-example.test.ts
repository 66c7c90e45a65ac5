import { evaluateText } from '../../operator/evaluate/evaluate-text';
import { judgingOf } from '../../operator/evaluate/judging-of';
import { printableJson } from '../../resources/kit/printable';
import { pageText } from './support/pages';

/** The example of `evaluate` in the README: what goes in, by which control, and what comes out, cut at each `…`. */
const [, input = '', control = '', printed = ''] =
  /```\necho '([^']*)' \|\n.*evaluate --control (\S+)\n```[\s\S]*?```\n([\s\S]*?)```/.exec(
    pageText('README.md'),
  ) ?? [];

describe('the example of evaluate in the README', () => {
  it('has the output that the command prints', () => {
    const lines = [...evaluateText(input, judgingOf({ controls: [control], wish: 'plan' }))];
    const output = lines.map((line) => printableJson(line)).join('\n');

    expect(lines).toHaveLength(1);
    const parts = printed.replaceAll('\n', '').split('…').filter(Boolean);
    expect(parts.length).toBeGreaterThan(1);
    let rest = output;
    for (const part of parts) {
      expect(rest).toContain(part);
      rest = rest.slice(rest.indexOf(part) + part.length);
    }
  });
});
