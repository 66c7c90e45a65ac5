import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { customControls } from '../../controls/registry';
import { ResourceInputError } from '../../core/errors';
import type { Json } from '../../core/json';
import { resourceType } from '../../resources/registry';

interface DocumentedAnswer {
  control: string;
  source: string;
  answer: Json;
  expect: 'COMPLIANT' | 'NON_COMPLIANT' | 'ERROR';
  /** What the fix takes, in order. */
  taken?: ('everybody' | 'statement')[];
  why: string;
}

const answers = readFileSync(join(__dirname, '../fixtures/answers.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as DocumentedAnswer);

describe("answers of AWS's documentation, and of other tools' tests", () => {
  it.each(answers.map((one) => [one.control, one.source, one] as const))('%s, %s', (id, _source, one) => {
    const control = customControls.find((each) => each.id === id);
    const type = control && resourceType(control.resourceType);
    if (control === undefined || type === undefined) throw new Error(`There is no control ${id}.`);
    const judge = () => {
      const resource = type.fromApi(one.answer);
      const parameters = control.parameters.parse({});
      const { compliance, violations } = control.evaluate(resource, parameters);
      const { changes, lossy } = control.plan(resource, violations, parameters);
      return { compliance, taken: changes.map(takenBy), lossy };
    };

    if (one.expect === 'ERROR') expect(judge, one.why).toThrow(ResourceInputError);
    else expect(judge(), one.why).toMatchObject({ compliance: one.expect, taken: one.taken ?? [] });
  });

  it('are of each kind', () => {
    expect(new Set(answers.map(({ expect: verdict }) => verdict)).size).toBe(3);
    expect(answers.length).toBeGreaterThan(30);
  });
});

/** A change in a word. */
function takenBy(change: { action: string }): string {
  if (change.action === 'removeShare' && 'group' in change) return 'everybody';
  return change.action === 'removeShare' ? 'somebody' : 'statement';
}
