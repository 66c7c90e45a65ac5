import { readdirSync } from 'node:fs';
import { statementsOf } from '../../../infra/check/policy-statements';
import { assemble } from '../../infra/support/assemble';
import { usedPermissions } from '../../support/used-permissions';

/** What is granted though no end-to-end test comes to use it, by its reason: patterns of `role action`. */
const unexercised: readonly (readonly [RegExp, string])[] = [
  [
    /^staunch-\S+ logs:(CreateLogStream|PutLogEvents)$/,
    "Lambda's runtime writes a function's log with its role; the sandbox's functions print.",
  ],
  [
    /^staunch-config-recorder s3:(ListBucket|PutObjectAcl)$/,
    'AWS Config looks for the bucket and sends an ACL with its objects; the sandbox delivers no history.',
  ],
  [
    /^staunch-reconcile (organizations:ListDelegatedAdministrators|cloudformation:UpdateStackInstances)$/,
    'CloudFormation asks the one in the name of who calls as delegated administrator; the other is used where a stack has failed.',
  ],
  [
    /^staunch-patrol ec2:Describe(Snapshot|Image)Attribute$/,
    'The list says who is public; with whom each is shared is read where the policy says which accounts it trusts.',
  ],
  [
    /^staunch-remediation (ecr:SetRepositoryPolicy|secretsmanager:PutResourcePolicy)$/,
    'Where a part of the policy stays: what is planted is public as a whole. test/faults plays both.',
  ],
];

/** What the tests use only where something comes late, or fails, by chance. */
const seldom: readonly (readonly [RegExp, string])[] = [
  [
    /^staunch-(notifier|slack-poster) sqs:ChangeMessageVisibility$/,
    'What has to wait for a report before it, or for a channel that is taken, comes back within seconds: unit tests make it wait.',
  ],
  [
    /^staunch-slack dynamodb:DeleteItem$/,
    'A request of which nothing came is forgotten, where the queue cannot be reached: a unit test of the function does.',
  ],
];

/** The other test files, most of which deploy, and so use permissions. */
const files = readdirSync(__dirname).filter(
  (name) => name.endsWith('.deep.ts') && name !== 'granted-permissions.deep.ts',
);

const patience = 120_000;

// It comes last; where a person runs some files, it has nothing to go by.
describe.skipIf(usedPermissions().size < files.length / 2)(
  'what the roles of the templates are granted',
  () => {
    it(
      'is used by the end-to-end tests, or is listed with its reason',
      async () => {
        const statements = statementsOf(await assemble('on'));
        const granted = statements
          .filter(({ effect }) => effect === 'Allow')
          .flatMap(({ roles, actions }) =>
            roles.flatMap((role) => actions.map((action) => `${role} ${action}`)),
          );
        const notUsed = () => {
          const used = new Set([...usedPermissions().values()].flatMap((some) => [...some]));
          return [...new Set(granted)].filter((permission) => !used.has(permission));
        };
        const isExplained = (permission: string) =>
          [...unexercised, ...seldom].some(([pattern]) => pattern.test(permission));

        // The last of the others may still be running in the other worker.
        await expect
          .poll(() => notUsed().filter((permission) => !isExplained(permission)), { timeout: patience })
          .toEqual([]);
        const others = notUsed();
        expect(
          unexercised.filter(([pattern]) => !others.some((permission) => pattern.test(permission))),
        ).toEqual([]);
      },
      patience + 10_000,
    );
  },
);
