import { listed } from '../../../text/listed';
import { type Cure, callsIn } from '../../cure';
import { coveredIn } from '../../deployed/judges/places-of';
import type { Check, Verdict } from '../../verdict';
import { type DeployingCall, denies, mayAllow, type Perhaps } from '../control-policies/blocking';
import { type ControlStatement, statementsOf } from '../control-policies/control-policy';
import { deployingCalls } from '../control-policies/deploying-calls';
import { withException } from '../control-policies/excepted';
import type { AccountBefore, BeforeFacts, ControlPolicyFacts } from '../facts';
import { unread } from './unread';

const check = 'service control policy';

/** AWS Control Tower names its controls so, and repairs what others change of them. */
const controlTower = /^aws-guardrails-/;

interface ReadPolicy extends ControlPolicyFacts {
  /** Undefined where they cannot be understood. */
  statements: ControlStatement[] | undefined;
  /** Numbers of those that deny, or may deny, a deployment in some account: one cure is right for all accounts. */
  inTheWay(): ReadonlySet<number>;
}

/**
 * Whether a service control policy, a control of AWS Control Tower's among them, keeps StackSets from deploying into an account.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export const controlPolicies: Check<BeforeFacts> = {
  name: check,
  judge(facts) {
    const { controlPolicies: of, managementAccount } = facts;
    if ('unread' in of) return [unread(check, managementAccount, of.unread)];
    const covered = coveredIn(facts.accounts);
    const policies = of.read.map((policy) => readPolicy(policy, covered, facts));
    return covered.flatMap((account) => verdictsOn(account, policies, facts));
  },
};

function readPolicy(
  policy: ControlPolicyFacts,
  covered: readonly AccountBefore[],
  { regions }: BeforeFacts,
): ReadPolicy {
  const statements = statementsOf(policy.content);
  let known: ReadonlySet<number> | undefined;
  const found = () => {
    const below = covered.filter(({ chain }) => policy.targets.some((id) => chain.includes(id)));
    const isDenying = (statement: ControlStatement) =>
      below.some(({ accountId, recorder }) =>
        deployingCalls(accountId, recorder, regions).some((call) => denies(statement, call) !== 'no'),
      );
    return new Set((statements ?? []).flatMap((each, number) => (isDenying(each) ? [number] : [])));
  };
  return {
    ...policy,
    statements,
    inTheWay: () => {
      known ??= found();
      return known;
    },
  };
}

function verdictsOn(account: AccountBefore, policies: readonly ReadPolicy[], facts: BeforeFacts): Verdict[] {
  const { accountId, chain, recorder } = account;
  const calls = deployingCalls(accountId, recorder, facts.regions);
  const here = policies.filter(({ targets }) => targets.some((id) => chain.includes(id)));
  const found = [
    ...here.flatMap((policy) => denialBy(policy, calls, accountId, facts)),
    ...unallowed(chain, here, calls, accountId, facts),
  ];
  return found.length > 0 ? found : [{ check, accountId, condition: 'well', text: 'none denies it' }];
}

function denialBy(
  policy: ReadPolicy,
  calls: readonly DeployingCall[],
  accountId: string,
  facts: BeforeFacts,
): Verdict[] {
  const at = { check, accountId };
  const { statements, name, id } = policy;
  if (statements === undefined)
    return [
      {
        ...at,
        condition: 'unknown',
        text: `The policy ${name} (${id}) cannot be understood.`,
        cure: described(policy, facts),
      },
    ];
  const denied = calls.map((call) => ({
    call,
    how: strongest(statements.map((each) => denies(each, call))),
  }));
  const surely = actionsOf(denied.filter(({ how }) => how === 'yes'));
  const perhaps = actionsOf(denied.filter(({ how }) => how === 'perhaps'));
  if (surely.length > 0)
    return [
      {
        ...at,
        condition: 'not well',
        text: `The policy ${name} (${id}) denies StackSets ${listed(surely)}.`,
        cure: cureOf(policy, surely, accountId, facts),
      },
    ];
  if (perhaps.length === 0) return [];
  return [
    {
      ...at,
      condition: 'unknown',
      text: `The policy ${name} (${id}) may deny StackSets ${listed(perhaps)}, under conditions that only a call tells.`,
      cure: described(policy, facts),
    },
  ];
}

/** At each level one policy has to allow a call. */
function unallowed(
  chain: readonly string[],
  here: readonly ReadPolicy[],
  calls: readonly DeployingCall[],
  accountId: string,
  { managementAccount }: BeforeFacts,
): Verdict[] {
  const level = chain.find((id) => {
    const attached = here.filter(({ targets }) => targets.includes(id));
    const statements = attached.flatMap((policy) => policy.statements ?? []);
    return calls.some((call) => !statements.some((statement) => mayAllow(statement, call)));
  });
  if (level === undefined) return [];
  return [
    {
      check,
      accountId,
      condition: 'not well',
      text: `No policy of ${level} allows all that StackSets needs.`,
      cure: callsIn(
        managementAccount,
        [
          {
            service: 'organizations',
            operation: 'AttachPolicy',
            input: { PolicyId: 'p-FullAWSAccess', TargetId: level },
          },
        ],
        'What your own allow list does not allow, the policy that AWS gives every organization allows again there. Or exclude the account.',
      ),
    },
  ];
}

/** Of AWS Control Tower's controls nothing is changed: it would repair it. What they protect is left to them. */
function cureOf(policy: ReadPolicy, denied: readonly string[], accountId: string, facts: BeforeFacts): Cure {
  const content = withException(policy.content, (number) => policy.inTheWay().has(number));
  if (controlTower.test(policy.name) || content === undefined) {
    const isRecorder = denied.every((action) => /Recorder|DeliveryChannel/.test(action));
    return {
      account: facts.hub.account,
      says: 'It is one of AWS Control Tower: what it protects stays.',
      steps: [
        isRecorder
          ? { does: 'edit the policy', key: `recorder.accounts."${accountId}"`, value: 'existing' }
          : { does: 'edit the policy', key: 'exclude', value: `["${accountId}"]` },
      ],
    };
  }
  return callsIn(
    facts.managementAccount,
    [
      {
        service: 'organizations',
        operation: 'UpdatePolicy',
        input: { PolicyId: policy.id, Content: content },
      },
    ],
    'The same policy, which excepts the role by which StackSets deploys. Or exclude the account.',
  );
}

function described({ id }: ReadPolicy, { managementAccount }: BeforeFacts): Cure {
  return callsIn(
    managementAccount,
    [{ service: 'organizations', operation: 'DescribePolicy', input: { PolicyId: id } }],
    'Look whether it denies roles that are named stacksets-exec-*, and except them.',
  );
}

function actionsOf(denied: readonly { call: DeployingCall }[]): string[] {
  return [...new Set(denied.map(({ call }) => call.action))];
}

function strongest(all: readonly Perhaps[]): Perhaps {
  if (all.includes('yes')) return 'yes';
  return all.includes('perhaps') ? 'perhaps' : 'no';
}
