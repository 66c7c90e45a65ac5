import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the longest first. */
const longest = [
  '/faults/single-faults.test.ts',
  '/each-change/policy.deep.ts',
  // What patrols every account does so before others fill the accounts of the shared sandbox.
  '/each-change/trail.deep.ts',
  '/each-change/patrol.deep.ts',
  '/end-to-end/heals.test.ts',
  '/each-change/templates-decide.deep.ts',
  '/each-change/fixes.deep.ts',
  '/each-change/new.deep.ts',
  '/browser/slack-page.test.ts',
  '/each-change/decisions.deep.ts',
  '/each-change/coverage.deep.ts',
  '/each-change/slack.deep.ts',
  '/each-change/random-resources.deep.ts',
  '/each-change/resilience.deep.ts',
  '/each-change/sampled-faults.deep.ts',
  '/each-change/whole.deep.ts',
  '/each-change/skeletons.deep.ts',
  '/each-change/own-policy.deep.ts',
  '/each-change/undo.deep.ts',
  '/each-change/mended.deep.ts',
  '/each-change/limits-of-trust.deep.ts',
  '/each-change/orders-api.deep.ts',
  '/each-change/floods.deep.ts',
  '/each-change/app.deep.ts',
  '/each-change/poller.deep.ts',
  '/decision/foretold-is-decided.test.ts',
  '/services/config/evaluations.test.ts',
  '/cli/policy-commands.test.ts',
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
