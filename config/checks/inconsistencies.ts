import type { Inconsistency } from './document';
import { exemptionProblems } from './exemptions';
import { freezeProblems } from './freezes';
import { hubProblems } from './hub';
import { limitProblems } from './limits';
import { managementProblems } from './management';
import { peopleProblems } from './people';
import { placementProblems } from './placement';
import { rootProblems } from './roots';
import { slackProblems } from './slack';

/**
 * Checks what no single key can say. It looks at the document before the schema does, so that these are told together
 * with everything that is malformed; what is malformed is passed over here.
 * @param document the policy file as plain values
 * @param now when it is read
 */
export function inconsistencies(document: unknown, now: Date): Inconsistency[] {
  return [
    ...hubProblems(document),
    ...managementProblems(document),
    ...rootProblems(document),
    ...placementProblems(document),
    ...exemptionProblems(document, now),
    ...freezeProblems(document),
    ...limitProblems(document),
    ...peopleProblems(document),
    ...slackProblems(document),
  ];
}
