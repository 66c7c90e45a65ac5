import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first. */
const longest = [
  '/faults/single-faults.test.ts',
  '/end-to-end/policy.test.ts',
  // What patrols every account does so before others fill the accounts of the shared sandbox.
  '/end-to-end/trail.test.ts',
  '/end-to-end/patrol.test.ts',
  '/end-to-end/heals.test.ts',
  '/end-to-end/templates-decide.test.ts',
  '/end-to-end/fixes.test.ts',
  '/browser/slack-page.test.ts',
  '/end-to-end/coverage.test.ts',
  '/end-to-end/random-resources.test.ts',
  '/end-to-end/resilience.test.ts',
  '/infra/whole.test.ts',
  '/end-to-end/own-policy.test.ts',
  '/end-to-end/undo.test.ts',
  '/end-to-end/mended.test.ts',
  '/end-to-end/limits-of-trust.test.ts',
  '/end-to-end/orders-api.test.ts',
  '/scripts/new.test.ts',
  '/infra/app.test.ts',
  '/decision/foretold-is-decided.test.ts',
  '/floods/thaw.test.ts',
  '/floods/beside-forged.test.ts',
  '/services/lambda/poller.test.ts',
  '/scripts/compiled.test.ts',
  '/services/config/evaluations.test.ts',
  '/cli/policy-commands.test.ts',
];

/** It looks at what all others have left. */
const last = '/end-to-end/granted-permissions.test.ts';

/** Begins with what takes longest, also where no earlier run has told how long each file takes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      if (moduleId.endsWith(last)) return longest.length + 1;
      const place = longest.findIndex((name) => moduleId.endsWith(name));
      return place < 0 ? longest.length : place;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
