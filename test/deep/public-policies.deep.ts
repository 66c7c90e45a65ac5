import { compareWithEngine } from '../resources/kit/policy/against-engine';
import { judgedServices } from '../resources/kit/policy/judged-services';

describe("the document model against the sandbox's authorization engine, at length", () => {
  it.each(judgedServices)('calls no policy of %s closed that lets a stranger in', (name, rules, words) => {
    const { open, reached, closed } = compareWithEngine(rules, words, 2_000, 20_261_128);
    process.stdout.write(`${name}: ${open} public, of which ${reached} reached; ${closed} closed\n`);

    expect(closed).toBeGreaterThan(400);
    expect(reached).toBeGreaterThan(open / 2);
  });
});
