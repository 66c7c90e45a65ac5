import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first. */
const longest = [
  '/faults/single-faults.test.ts',
  '/end-to-end/heals.test.ts',
  '/browser/slack-page.test.ts',
  '/infra/whole.test.ts',
  '/infra/app.test.ts',
  '/decision/foretold-is-decided.test.ts',
  '/services/lambda/poller.test.ts',
  '/scripts/compiled.test.ts',
  '/services/config/evaluations.test.ts',
  '/cli/policy-commands.test.ts',
  // What patrols every account does so before others fill the accounts of the shared sandbox.
  '/each-change/trail.deep.ts',
  '/each-change/policy.deep.ts',
  '/each-change/patrol.deep.ts',
  '/each-change/templates-decide.deep.ts',
  '/each-change/fixes.deep.ts',
  '/each-change/decisions.deep.ts',
  '/each-change/coverage.deep.ts',
  '/each-change/slack.deep.ts',
  '/each-change/random-resources.deep.ts',
  '/each-change/resilience.deep.ts',
  '/each-change/own-policy.deep.ts',
];

/** It looks at what all others have left. */
const last = '/each-change/granted-permissions.deep.ts';

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
